package handspun.bench;

import handspun.HandspunException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that send a mix of requests, each the next one of all, and look at what they get. */
final class SoakClients {
  /** Something is broken for good, and more of them would say no more. */
  private static final int MOST_ERRORS = 1000;

  private final InetSocketAddress server;
  private final SoakMix mix;
  private final int count;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final Map<String, Integer> errors = new TreeMap<>();
  private int errorCount;

  /**
   * @param server that is asked
   * @param mix what it is asked
   * @param count of clients
   */
  SoakClients(InetSocketAddress server, SoakMix mix, int count) {
    this.server = server;
    this.mix = mix;
    this.count = count;
  }

  /**
   * Goes on until so many requests have been sent, and answered where they have to be. Then no
   * client is connected.
   *
   * @param requests since the beginning
   */
  void run(long requests) {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(threads.submit(() -> ask(requests)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Interrupted while requests were sent.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    // Each of them took a number that was too large.
    next.set(requests);
  }

  private void ask(long requests) {
    BlockingClient client = new BlockingClient(server);
    for (long number; (number = next.getAndIncrement()) < requests && errors() < MOST_ERRORS; ) {
      SoakRequest request = mix.request(number);
      try {
        ask(client, request);
      } catch (IOException e) {
        // Its message may name a port, by which nothing is to be counted.
        count(request, "no answer (%s)".formatted(e.getClass().getSimpleName()));
        leave(client);
      } catch (HandspunException e) {
        count(request, e.getMessage());
        leave(client);
      }
      done.incrementAndGet();
    }
    leave(client);
  }

  private void ask(BlockingClient client, SoakRequest request) throws IOException {
    if (request.way() == SoakRequest.Way.LEAVE) {
      client.askAndLeave(request.bytes());
    } else {
      check(request, request.send(client));
    }
  }

  private void check(SoakRequest request, BlockingClient.Answer answer) {
    request.wrong(answer).ifPresent(wrong -> count(request, wrong));
  }

  private static void leave(BlockingClient client) {
    try {
      client.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  private synchronized void count(SoakRequest request, String wrong) {
    errors.merge("%s: %s".formatted(request.kind(), wrong), 1, Integer::sum);
    errorCount++;
  }

  /** {@return how many requests are over} */
  long done() {
    return done.get();
  }

  /** {@return how many of them got something wrong, or nothing} */
  synchronized int errors() {
    return errorCount;
  }

  /** {@return how many, by kind of request and what was wrong} */
  synchronized Map<String, Integer> errorsByKind() {
    return new TreeMap<>(errors);
  }
}
