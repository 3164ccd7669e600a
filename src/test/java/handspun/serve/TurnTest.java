package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {

  @Test
  void twoWhoWantItsRoomAtOnceCutItOffOnlyOnce() {
    Turn turn = new Turn(Patience.DEFAULT);
    List<RefusedRequest> refusals = new ArrayList<>();
    turn.awaitsBody(refusals::add);
    turn.received(10);
    // Each of them has found that it holds part of a body.
    turn.makeRoom(Turn::holdsPartOfABody, "too many");
    turn.makeRoom(Turn::holdsPartOfABody, "too many");
    assertThat(refusals)
        .singleElement()
        .extracting(RefusedRequest::getMessage)
        .isEqualTo("too many");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void makesRoomOnceTheAnswerIsSent() {
    Turn turn = new Turn(Patience.DEFAULT);
    turn.awaitsBody(refusal -> true);
    turn.received(10);
    turn.makeRoom(Turn::holdsPartOfABody, "too many");
    turn.isRefused();
    assertThat(Thread.interrupted()).isTrue();
  }
}
