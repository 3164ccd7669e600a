package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActiveRequestTest {

  @Test
  void twoWhoWantItsRoomAtOnceCutItOffOnlyOnce() {
    ActiveRequest active = new ActiveRequest(Timeouts.DEFAULT);
    List<RefusedRequest> refusals = new ArrayList<>();
    active.beginBody(refusals::add);
    active.received(10);
    // Each of them has found that it holds part of a body.
    active.makeRoom(ActiveRequest::holdsPartOfABody, "too many");
    active.makeRoom(ActiveRequest::holdsPartOfABody, "too many");
    assertThat(refusals)
        .singleElement()
        .extracting(RefusedRequest::getMessage)
        .isEqualTo("too many");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void makesRoomOnceTheAnswerIsSent() {
    ActiveRequest active = new ActiveRequest(Timeouts.DEFAULT);
    active.beginBody(refusal -> true);
    active.received(10);
    active.makeRoom(ActiveRequest::holdsPartOfABody, "too many");
    active.refusalSent();
    assertThat(Thread.interrupted()).isTrue();
  }
}
