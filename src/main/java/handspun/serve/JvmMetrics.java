package handspun.serve;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Tells of the process and its Java, under the names that Prometheus's own client gives them. The
 * beans are asked for only here, since it takes some 100 ms to load them.
 */
final class JvmMetrics {
  private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Path STATUS = Path.of("/proc/self/status");

  private JvmMetrics() {}

  static void write(PrometheusText text) {
    writeMemory(text);
    writeThreads(text);
    writeCollections(text);
    writeProcess(text);
  }

  private static void writeMemory(PrometheusText text) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    MemoryUsage heap = memory.getHeapMemoryUsage();
    MemoryUsage other = memory.getNonHeapMemoryUsage();
    writeArea(text, "used", "Memory in use.", heap, other, MemoryUsage::getUsed);
    writeArea(
        text, "committed", "Memory that Java has taken.", heap, other, MemoryUsage::getCommitted);
    writeArea(text, "max", "Memory that Java may take; -1: all.", heap, other, MemoryUsage::getMax);
  }

  private static void writeArea(
      PrometheusText text,
      String what,
      String help,
      MemoryUsage heap,
      MemoryUsage other,
      ToLongFunction<MemoryUsage> bytes) {
    text.family("jvm_memory_%s_bytes".formatted(what), PrometheusText.Type.GAUGE, help)
        .sample((double) bytes.applyAsLong(heap), "area", "heap")
        .sample((double) bytes.applyAsLong(other), "area", "nonheap");
  }

  private static void writeThreads(PrometheusText text) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    text.family("jvm_threads_current", PrometheusText.Type.GAUGE, "Threads that live.")
        .sample(threads.getThreadCount());
    text.family("jvm_threads_daemon", PrometheusText.Type.GAUGE, "Daemon threads that live.")
        .sample(threads.getDaemonThreadCount());
    text.family("jvm_threads_peak", PrometheusText.Type.GAUGE, "The most threads at once.")
        .sample(threads.getPeakThreadCount());
  }

  private static void writeCollections(PrometheusText text) {
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    text.family(
        "jvm_gc_collection_seconds",
        PrometheusText.Type.SUMMARY,
        "Seconds of garbage collection, and how often there was one.");
    for (GarbageCollectorMXBean collector : collectors) {
      String name = collector.getName();
      text.sampleOf("_sum", collector.getCollectionTime() / MILLIS, "gc", name);
      text.sampleOf("_count", (double) collector.getCollectionCount(), "gc", name);
    }
  }

  private static void writeProcess(PrometheusText text) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    text.family("jvm_runtime_info", PrometheusText.Type.GAUGE, "The Java that runs this.")
        .sample(
            1,
            "runtime",
            System.getProperty("java.runtime.name", "unknown"),
            "vendor",
            System.getProperty("java.vm.vendor", "unknown"),
            "version",
            System.getProperty("java.runtime.version", "unknown"));
    text.family(
            "process_start_time_seconds",
            PrometheusText.Type.GAUGE,
            "When the process started, in seconds since 1970.")
        .sample(runtime.getStartTime() / MILLIS);
    text.family(
            "process_uptime_seconds", PrometheusText.Type.GAUGE, "How long the process has run.")
        .sample(runtime.getUptime() / MILLIS);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      text.family(
              "process_cpu_seconds_total",
              PrometheusText.Type.COUNTER,
              "Seconds of processors that the process has taken.")
          .sample(system.getProcessCpuTime() / NANOS);
      text.family("process_open_fds", PrometheusText.Type.GAUGE, "File descriptors that are open.")
          .sample((double) system.getOpenFileDescriptorCount());
      text.family(
              "process_max_fds", PrometheusText.Type.GAUGE, "File descriptors that may be open.")
          .sample((double) system.getMaxFileDescriptorCount());
    }
    writeResidentMemory(text);
  }

  /** Linux alone tells it; elsewhere the metrics are missing, as with Prometheus's own clients. */
  private static void writeResidentMemory(PrometheusText text) {
    List<String> lines;
    try {
      lines = Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return;
    }
    for (String line : lines) {
      if (line.startsWith("VmRSS:")) {
        text.family(
                "process_resident_memory_bytes",
                PrometheusText.Type.GAUGE,
                "Memory of the machine that the process occupies.")
            .sample(kibibytes(line));
      } else if (line.startsWith("VmSize:")) {
        text.family(
                "process_virtual_memory_bytes",
                PrometheusText.Type.GAUGE,
                "Addresses that the process has reserved.")
            .sample(kibibytes(line));
      }
    }
  }

  private static double kibibytes(String line) {
    return 1024.0 * Long.parseLong(line.replaceAll("[^0-9]", ""));
  }
}
