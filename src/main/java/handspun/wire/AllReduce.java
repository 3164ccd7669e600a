package handspun.wire;

import handspun.wire.Route.Step;
import handspun.wire.Route.Transfer;
import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One executor's part in bringing all what each has computed, mini-batch after mini-batch along the
 * same {@link Route}.
 *
 * <p>An answer is there after some ten microseconds, which is less than it takes to be woken. So
 * whoever waits first asks again and again, then sleeps until something comes. For one thread; it
 * allocates nothing while it only asks.
 */
public final class AllReduce implements AutoCloseable {
  private static final long SPIN_NANOS = 60_000;
  private static final long POLL_MILLIS = 50;

  private record Move(Link[] links, Transfer[] sends, Link[] senders, Transfer[] receives) {}

  private final Selector selector;
  private final List<Link> links = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final Contribution contribution;
  private final Duration timeout;
  private final long spinNanos;
  private long waitNanos;

  /**
   * @param connections to all others on the route, past the handshake; they belong to the
   *     all-reduce now
   * @param timeout how long to wait for a sign of another executor
   * @param spin whether there is a core for every executor of this machine
   * @throws WireException if the connections cannot be used
   */
  public AllReduce(
      Route route,
      Map<Peer, Connection> connections,
      Contribution contribution,
      Duration timeout,
      boolean spin) {
    this.contribution = contribution;
    this.timeout = timeout;
    spinNanos = spin ? SPIN_NANOS : 0;
    try {
      selector = Selector.open();
      for (Map.Entry<Peer, Connection> peer : connections.entrySet()) {
        int out = 0;
        int in = 0;
        for (Step step : route.steps()) {
          out = Math.max(out, most(step.sends(), peer.getKey().number()));
          in = Math.max(in, most(step.receives(), peer.getKey().number()));
        }
        links.add(new Link(peer.getKey(), peer.getValue(), selector, out, in));
      }
    } catch (IOException e) {
      throw new WireException("a connection could not be set up: " + e.getMessage(), e);
    }
    for (Step step : route.steps()) {
      moves.add(
          new Move(
              step.sends().stream().map(t -> link(t.peer())).toArray(Link[]::new),
              step.sends().toArray(Transfer[]::new),
              step.receives().stream().map(t -> link(t.peer())).toArray(Link[]::new),
              step.receives().toArray(Transfer[]::new)));
    }
  }

  private int most(List<Transfer> transfers, int peer) {
    return transfers.stream()
        .filter(t -> t.peer() == peer)
        .mapToInt(t -> contribution.mostBytes(t.from(), t.to()))
        .max()
        .orElse(0);
  }

  private Link link(int peer) {
    return links.stream().filter(link -> link.peer().number() == peer).findFirst().orElseThrow();
  }

  /**
   * Exchanges everybody's contribution to a mini-batch: first the contribution must hold this
   * executor's, then it holds all. Throws a {@link WireException} if another executor cannot be
   * understood, or does not answer.
   */
  public void run(BooleanSupplier cancelled) {
    for (int m = 0; m < moves.size(); m++) {
      Move move = moves.get(m);
      for (int i = 0; i < move.sends.length; i++) {
        Link link = move.links[i];
        link.outgoing().clear();
        contribution.write(move.sends[i].from(), move.sends[i].to(), link.outgoing());
        link.send();
      }
      for (Link sender : move.senders) {
        sender.receive();
      }
      finish(cancelled);
      for (int i = 0; i < move.receives.length; i++) {
        Link link = move.senders[i];
        take(move.receives[i], link);
      }
    }
  }

  private void take(Transfer transfer, Link link) {
    try {
      contribution.read(transfer.from(), transfer.to(), link.incoming());
    } catch (IllegalStateException e) {
      throw new WireException(link.peer() + " sent " + e.getMessage(), e);
    }
    if (link.incoming().left() > 0) {
      throw new WireException(
          link.peer() + " sent " + link.incoming().left() + " bytes too many", null);
    }
  }

  private void finish(BooleanSupplier cancelled) {
    long start = System.nanoTime();
    long lastSign = start;
    boolean busy = true;
    while (busy) {
      boolean moved = false;
      busy = false;
      for (int i = 0; i < links.size(); i++) {
        Link link = links.get(i);
        if (link.isBusy()) {
          moved |= link.move();
          busy |= link.isBusy();
        }
      }
      if (busy) {
        long now = System.nanoTime();
        if (moved) {
          lastSign = now;
        } else if (now - lastSign > spinNanos) {
          sleep(now - lastSign, cancelled);
        } else {
          Thread.onSpinWait();
        }
      }
    }
    waitNanos += System.nanoTime() - start;
  }

  private void sleep(long silentNanos, BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new WireException("stopped while waiting for other executors", null);
    }
    if (silentNanos > timeout.toNanos()) {
      Link silent =
          links.stream()
              .filter(Link::isReceiving)
              .findFirst()
              .orElseGet(() -> links.stream().filter(Link::isBusy).findFirst().orElseThrow());
      throw new WireException(
          silent.peer() + " has not been heard of for " + timeout.toSeconds() + " s", null);
    }
    try {
      for (int i = 0; i < links.size(); i++) {
        links.get(i).registerInterest();
      }
      selector.select(POLL_MILLIS);
      selector.selectedKeys().clear();
    } catch (IOException e) {
      throw new WireException("waiting for other executors failed: " + e.getMessage(), e);
    }
  }

  /** {@return nanoseconds spent on sending and waiting} */
  public long waitNanos() {
    return waitNanos;
  }

  /** {@return bytes sent to others} */
  public long bytesSent() {
    long sum = 0;
    for (Link link : links) {
      sum += link.bytesSent();
    }
    return sum;
  }

  /** Closes all connections, by which the others see that this executor is gone. */
  @Override
  public void close() {
    for (Link link : links) {
      try {
        link.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
    try {
      selector.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
