package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.wire.Route.Shape;
import handspun.wire.Route.Step;
import handspun.wire.Route.Transfer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouteTest {
  private static final int MOST_EXECUTORS = 33;

  /** Executors that walk their routes, with letters between them that nobody waits to send. */
  private static final class Walk {
    private final List<Route> routes = new ArrayList<>();
    private final List<BitSet> known = new ArrayList<>();
    private final int[] step;
    private final boolean[] sent;
    private final Map<String, Queue<Transfer>> letters = new HashMap<>();

    private Walk(Shape shape, int executors) {
      step = new int[executors];
      sent = new boolean[executors];
      for (int e = 0; e < executors; e++) {
        routes.add(Route.of(shape, e, executors));
        BitSet own = new BitSet();
        own.set(e);
        known.add(own);
      }
    }

    /** Whether the executor could do anything. */
    private boolean go(int e) {
      if (step[e] == routes.get(e).steps().size()) {
        return false;
      }
      Step now = routes.get(e).steps().get(step[e]);
      boolean moved = !sent[e];
      if (!sent[e]) {
        for (Transfer send : now.sends()) {
          assertThat(known.get(e).get(send.from(), send.to()).cardinality())
              .as("executor %d knows what it sends: %s", e, send)
              .isEqualTo(send.to() - send.from());
          letters
              .computeIfAbsent(e + ">" + send.peer(), k -> new ArrayDeque<>())
              .add(new Transfer(e, send.from(), send.to()));
        }
        sent[e] = true;
      }
      for (Transfer receive : now.receives()) {
        if (letters.getOrDefault(receive.peer() + ">" + e, new ArrayDeque<>()).isEmpty()) {
          return moved;
        }
      }
      for (Transfer receive : now.receives()) {
        assertThat(letters.get(receive.peer() + ">" + e).remove()).isEqualTo(receive);
        known.get(e).set(receive.from(), receive.to());
      }
      step[e]++;
      sent[e] = false;
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource
  void leadsEveryExecutorToWhatAllHaveComputed(Shape shape) {
    for (int executors = 1; executors <= MOST_EXECUTORS; executors++) {
      Walk walk = new Walk(shape, executors);
      boolean moved = true;
      while (moved) {
        moved = false;
        for (int e = 0; e < executors; e++) {
          moved |= walk.go(e);
        }
      }
      for (int e = 0; e < executors; e++) {
        assertThat(walk.step[e]).isEqualTo(walk.routes.get(e).steps().size());
        if (executors > 1) {
          assertThat(walk.known.get(e).cardinality())
              .as("%s, executor %d of %d", shape, e, executors)
              .isEqualTo(executors);
        }
      }
      assertThat(walk.letters.values()).allMatch(Queue::isEmpty);
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesThePeersThatItNeedsOnBothSides(Shape shape) {
    for (int e = 0; e < 11; e++) {
      for (int peer : Route.of(shape, e, 11).peers()) {
        assertThat(Route.of(shape, peer, 11).peers()).contains(e);
      }
    }
  }

  @Test
  void takesAsManyStepsAsItSays() {
    assertThat(Route.of(Shape.DOUBLING, 0, 2).steps()).hasSize(1);
    assertThat(Route.of(Shape.DOUBLING, 5, 8).steps()).hasSize(3);
    assertThat(Route.of(Shape.DOUBLING, 0, 3).steps()).hasSize(3);
    assertThat(Route.of(Shape.STAR, 0, 8).steps()).hasSize(2);
    assertThat(Route.of(Shape.TREE, 0, 8).steps()).hasSize(6);
  }
}
