package handspun.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import handspun.cli.Shell.Result;
import handspun.cli.Shell.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two namespaces of the kernel, each with a network of its own, and a cable between them that can
 * be made slow, or cut. The cable is {@code link.py}, since many kernels lack netem.
 */
final class SlowNetwork implements AutoCloseable {
  static final String NEAR = "10.77.0.1";
  static final String FAR = "10.77.0.2";

  private static final Path CABLE =
      Path.of("src/test/resources/handspun/cli/link.py").toAbsolutePath();

  private final Shell shell;
  private final String name = "hs" + ProcessHandle.current().pid();
  private final List<String> namespaces = new ArrayList<>();
  private Running cable;

  /**
   * @param folder to run programs in
   */
  SlowNetwork(Path folder) {
    shell = new Shell(folder);
  }

  /**
   * Makes all.
   *
   * @return why that is not possible here; empty if it is
   */
  String open() throws IOException, InterruptedException {
    for (String end : List.of("near", "cable", "far")) {
      String failure = ip("netns", "add", name + end);
      if (!failure.isEmpty()) {
        return failure;
      }
      namespaces.add(name + end);
    }
    String failure = attach("near", NEAR) + attach("far", FAR);
    if (!failure.isEmpty()) {
      return failure;
    }
    try {
      cable = shell.start(within("cable", "python3", CABLE.toString(), "near", "far"));
      cable.awaitWords("connected");
    } catch (IOException | AssertionError e) {
      return "the cable does not run: " + e.getMessage();
    }
    return "";
  }

  private String attach(String end, String address) throws IOException, InterruptedException {
    String space = name + end;
    return ip("link", "add", "eth", "netns", space, "type", "veth", "peer", "name", end, "netns")
        + ip("-n", space, "address", "add", address + "/24", "dev", "eth")
        + ip("-n", space, "link", "set", "eth", "up")
        + ip("-n", space, "link", "set", "lo", "up")
        + ip("-n", name + "cable", "link", "set", end, "up");
  }

  private String ip(String... words) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    if (words[words.length - 1].equals("netns")) {
      command.add(name + "cable");
    }
    try {
      Result result = shell.run(command.toArray(String[]::new));
      return result.exit() == 0 ? "" : String.join(" ", command) + ": " + result.err().strip();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** The words that lead into a namespace, and a command. */
  String[] within(String end, String... command) {
    String[] lead = {"ip", "netns", "exec", name + end};
    return Trainings.words(lead, command);
  }

  void delay(String seconds) throws Exception {
    tell("delay " + seconds);
  }

  void cut() throws Exception {
    tell("cut");
  }

  private void tell(String order) throws Exception {
    cable.process().getOutputStream().write((order + "\n").getBytes(UTF_8));
    cable.process().getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    try {
      if (cable != null) {
        cable.process().destroyForcibly();
      }
      for (String namespace : namespaces) {
        shell.run("ip", "netns", "delete", namespace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
