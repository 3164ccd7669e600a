package handspun.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which steps one executor hears of what all have computed.
 *
 * <p>Every transfer is of the contributions of a contiguous range of executors, so that a receiver
 * who adds contributions up in a fixed order can do so.
 *
 * @param steps one after the other
 */
public record Route(List<Step> steps) {

  /** How executors are connected. The result does not depend on it. */
  public enum Shape {
    /** All send to the first executor, which sends the whole to all. */
    STAR,
    /** Up and down a binomial tree: two times log2 of the number of executors in steps. */
    TREE,
    /**
     * Recursive doubling: in step k, executors of distance 2^k exchange all that they have, so that
     * after log2 steps everybody has everything. Of a number that is no power of two, the rest hand
     * theirs to a neighbour before and get the whole after (Thakur, Rabenseifner, Gropp,
     * "Optimization of Collective Communication Operations in MPICH", 2005).
     */
    DOUBLING
  }

  /** What goes to or comes from a peer: the contributions of the executors {@code from..to}. */
  public record Transfer(int peer, int from, int to) {}

  /** What goes on at the same time: all sends are known before it, all receives after it. */
  public record Step(List<Transfer> sends, List<Transfer> receives) {}

  /** Makes the list unchangeable. */
  public Route {
    steps = List.copyOf(steps);
  }

  /** {@return one executor's route} */
  public static Route of(Shape shape, int executor, int executors) {
    return new Route(
        switch (shape) {
          case STAR -> star(executor, executors);
          case TREE -> tree(executor, executors);
          case DOUBLING -> doubling(executor, executors);
        });
  }

  /** {@return the other executors that this one sends to or receives from} */
  public Set<Integer> peers() {
    Set<Integer> peers = new TreeSet<>();
    for (Step step : steps) {
      step.sends().forEach(transfer -> peers.add(transfer.peer()));
      step.receives().forEach(transfer -> peers.add(transfer.peer()));
    }
    return peers;
  }

  private static List<Step> star(int executor, int executors) {
    if (executor > 0) {
      return List.of(
          send(new Transfer(0, executor, executor + 1)), receive(new Transfer(0, 0, executors)));
    }
    List<Transfer> receives = new ArrayList<>();
    List<Transfer> sends = new ArrayList<>();
    for (int peer = 1; peer < executors; peer++) {
      receives.add(new Transfer(peer, peer, peer + 1));
      sends.add(new Transfer(peer, 0, executors));
    }
    return List.of(new Step(List.of(), receives), new Step(sends, List.of()));
  }

  private static List<Step> tree(int executor, int executors) {
    List<Step> steps = new ArrayList<>();
    List<Integer> children = new ArrayList<>();
    int width = 1;
    for (; width < executors && (executor & width) == 0; width *= 2) {
      int child = executor + width;
      if (child < executors) {
        children.add(child);
        steps.add(receive(new Transfer(child, child, Math.min(child + width, executors))));
      }
    }
    if (executor > 0) {
      int parent = executor - width;
      steps.add(send(new Transfer(parent, executor, Math.min(executor + width, executors))));
      steps.add(receive(new Transfer(parent, 0, executors)));
    }
    Collections.reverse(children);
    for (int child : children) {
      steps.add(send(new Transfer(child, 0, executors)));
    }
    return steps;
  }

  private static List<Step> doubling(int executor, int executors) {
    int doubled = Integer.highestOneBit(executors);
    int rest = executors - doubled;
    if (executor < 2 * rest && executor % 2 == 1) {
      return List.of(
          send(new Transfer(executor - 1, executor, executor + 1)),
          receive(new Transfer(executor - 1, 0, executors)));
    }
    List<Step> steps = new ArrayList<>();
    boolean hasExtra = executor < 2 * rest;
    int own = hasExtra ? executor / 2 : executor - rest;
    if (hasExtra) {
      steps.add(receive(new Transfer(executor + 1, executor + 1, executor + 2)));
    }
    for (int width = 1; width < doubled; width *= 2) {
      int mine = own & -width;
      int theirs = mine ^ width;
      int peer = host(own ^ width, rest);
      steps.add(
          new Step(
              List.of(new Transfer(peer, host(mine, rest), host(mine + width, rest))),
              List.of(new Transfer(peer, host(theirs, rest), host(theirs + width, rest)))));
    }
    if (hasExtra) {
      steps.add(send(new Transfer(executor + 1, 0, executors)));
    }
    return steps;
  }

  /** The executor that takes a place among the power of two. */
  private static int host(int place, int rest) {
    return place < rest ? 2 * place : place + rest;
  }

  private static Step send(Transfer transfer) {
    return new Step(List.of(transfer), List.of());
  }

  private static Step receive(Transfer transfer) {
    return new Step(List.of(), List.of(transfer));
  }
}
