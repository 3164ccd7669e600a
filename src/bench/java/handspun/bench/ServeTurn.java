package handspun.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * A server and its clients, who ask it in several short turns, between which they ask another one:
 * what else the machine does then slows both.
 */
final class ServeTurn implements AutoCloseable {
  private static final double NANOS = 1e-9;

  private final ServerProcess server;
  private final LoadClient clients;
  private final Histogram latencies = LoadResult.histogram();
  private double seconds;
  private double serverSeconds;
  private double clientSeconds;
  private long allocated;

  /**
   * @param server that is asked
   * @param clients connected to it, who leave it when this is closed
   */
  ServeTurn(ServerProcess server, LoadClient clients) {
    this.server = server;
    this.clients = clients;
  }

  /** Asks without measuring. */
  void warmUp(Duration time) throws IOException {
    LoadResult unused = clients.run(time);
  }

  /** Measures for one more turn. */
  void run(Duration time) throws IOException {
    ServerProcess.Usage before = server.usage();
    double clientBefore = ownSeconds();
    LoadResult seen = clients.run(time);
    clientSeconds += ownSeconds() - clientBefore;
    ServerProcess.Usage after = server.usage();
    latencies.add(seen.latencies());
    seconds += seen.seconds();
    serverSeconds += after.cpuSeconds() - before.cpuSeconds();
    allocated += after.allocatedSince(before);
  }

  private static double ownSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        * NANOS;
  }

  /** {@return what all turns showed} */
  ServeFigures figures() {
    LoadResult all = new LoadResult(seconds, latencies);
    return new ServeFigures(
        all.rate(),
        all.millis(50),
        all.millis(99),
        all.millis(99.9),
        serverSeconds / all.requests(),
        (double) allocated / all.requests(),
        clientSeconds / seconds);
  }

  @Override
  public void close() throws IOException {
    clients.close();
  }
}
