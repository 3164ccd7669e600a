package handspun.bench;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import handspun.HandspunException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A server that is a process of its own, and what its Java tells of itself. */
final class ServerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern ADDRESS = Pattern.compile(" at (http://127\\.0\\.0\\.1:\\d+/)");
  private static final String JAVA_OPTIONS = "HANDSPUN_JAVA_OPTS";
  private static final int STOP_SECONDS = 10;
  private static final int CHECK_MILLIS = 20;

  /** Of a machine whose own name has no address, the management's default finds none. */
  private static final String MANAGED_HERE = "-Djava.rmi.server.hostname=127.0.0.1";

  private final Leash leash;
  private final Process process;
  private final InetSocketAddress address;
  private final Properties properties;
  private final JMXConnector connector;
  private final UnixOperatingSystemMXBean system;
  private final ThreadMXBean threads;
  private final MemoryMXBean memory;

  /**
   * What a server has used since its start.
   *
   * @param cpuSeconds of all its threads
   * @param allocated bytes, by the number of each thread that lives
   */
  record Usage(double cpuSeconds, Map<Long, Long> allocated) {
    /** {@return bytes that were allocated since, by threads that live now} */
    long allocatedSince(Usage before) {
      return allocated.entrySet().stream()
          .mapToLong(own -> own.getValue() - before.allocated.getOrDefault(own.getKey(), 0L))
          .sum();
    }
  }

  private ServerProcess(Leash leash, Process process, Path out) throws IOException {
    this.leash = leash;
    this.process = process;
    this.address = address(process, out);
    try {
      VirtualMachine java = VirtualMachine.attach(Long.toString(process.pid()));
      try {
        this.properties = java.getSystemProperties();
        this.connector = connect(java.startLocalManagementAgent());
      } finally {
        java.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new HandspunException("The Java of a server cannot be asked: " + e.getMessage(), e);
    }
    MBeanServerConnection beans = connector.getMBeanServerConnection();
    this.system = ManagementFactory.getPlatformMXBean(beans, UnixOperatingSystemMXBean.class);
    this.threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
    this.memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
  }

  /** The address is of a process of ours on this machine: nobody else could answer there. */
  @SuppressWarnings("BanJNDI")
  private static JMXConnector connect(String ownProcess) throws IOException {
    return JMXConnectorFactory.connect(new JMXServiceURL(ownProcess));
  }

  /**
   * Starts {@code bin/handspun serve}, as a user does, at any port.
   *
   * @param project whose server it is
   * @param model file of the model that is served
   * @param log what it prints goes to files of this name with .out and .err added
   * @return the server, which listens
   * @throws HandspunException if it does not start
   */
  static ServerProcess handspun(Project project, Path model, Path log) {
    String given = Optional.ofNullable(System.getenv(JAVA_OPTIONS)).orElse("");
    return start(
        List.of(project.launcher().toString(), "serve", "--model", model.toString(), "--port", "0"),
        Map.of("HANDSPUN_BUILD", "no", JAVA_OPTIONS, given + " " + MANAGED_HERE),
        log);
  }

  /**
   * Starts the server that does nothing else, with the Java options and the properties that another
   * one has.
   *
   * @param other that it will be compared with
   * @param answer what it answers
   * @param log what it prints goes to files of this name with .out and .err added
   * @return the server, which listens
   * @throws HandspunException if it does not start
   */
  static ServerProcess trivial(ServerProcess other, Path answer, Path log) {
    List<String> command = new ArrayList<>();
    ProcessHandle.Info info = other.process.info();
    command.add(info.command().orElseThrow(ServerProcess::untold));
    for (String argument : info.arguments().orElseThrow(ServerProcess::untold)) {
      if (argument.equals("-cp")) {
        break;
      }
      command.add(argument);
    }
    other.properties.stringPropertyNames().stream()
        .filter(name -> name.matches("(sun\\.net|jdk)\\.httpserver\\..*"))
        .sorted()
        .map(name -> "-D%s=%s".formatted(name, other.properties.getProperty(name)))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            TrivialServer.class.getName(),
            answer.toString()));
    return start(command, Map.of(), log);
  }

  private static HandspunException untold() {
    return new HandspunException("This system does not tell how a server was started.");
  }

  private static ServerProcess start(
      List<String> command, Map<String, String> environment, Path log) {
    Path out = log.resolveSibling(log.getFileName() + ".out");
    Path err = log.resolveSibling(log.getFileName() + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Leash leash = new Leash();
    try {
      return new ServerProcess(leash, leash.start(builder), out);
    } catch (IOException e) {
      leash.close();
      throw HandspunException.couldNot(
          "ask a server's Java (its words are in %s)".formatted(err), e);
    } catch (HandspunException e) {
      leash.close();
      throw e;
    }
  }

  private static InetSocketAddress address(Process process, Path out) throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      Matcher line = ADDRESS.matcher(Files.readString(out));
      if (line.find()) {
        URI uri = URI.create(line.group(1));
        return new InetSocketAddress(uri.getHost(), uri.getPort());
      }
      sleep();
    }
    throw new HandspunException(
        "A server %s: its last words are beside %s."
            .formatted(process.isAlive() ? "does not say where it listens" : "did not start", out));
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(CHECK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Interrupted while a server started.", e);
    }
  }

  /** {@return where it listens} */
  InetSocketAddress address() {
    return address;
  }

  /** {@return what it has used since its start} */
  Usage usage() {
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    Map<Long, Long> allocated = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      allocated.put(ids[i], Math.max(0, bytes[i]));
    }
    return new Usage(system.getProcessCpuTime() * 1e-9, allocated);
  }

  /** {@return bytes of the heap that are in use after a full garbage collection} */
  long heapAfterCollection() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** {@return how many file descriptors are open} */
  long descriptors() {
    return system.getOpenFileDescriptorCount();
  }

  /** {@return how many threads live} */
  int threads() {
    return threads.getThreadCount();
  }

  /** {@return whether it still runs} */
  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The server has gone already.
    }
    leash.close();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
