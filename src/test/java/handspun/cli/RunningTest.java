package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.StartedProcesses;
import handspun.math.Kernels;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.serve.DigitServer;
import handspun.store.Model;
import handspun.store.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The files with which people run a server fit it. */
class RunningTest {
  private static final Path FOLDER = Path.of("src", "docs", "serve");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Words of a command, and all that a backslash continues it with. */
  private static final Pattern STARTED =
      Pattern.compile("ExecStart=\\S+/bin/handspun serve ((?:.*\\\\\n)*.*)\n");

  private static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static List<String> list(String pattern, String text) throws IOException {
    return Arrays.asList(JSON.readValue(found(pattern, text), String[].class));
  }

  private static ParseResult parsed(List<String> options) {
    return new CommandLine(new ServeCommand()).parseArgs(options.toArray(String[]::new));
  }

  private static List<String> optionsOfTheUnit() throws IOException {
    Matcher started = STARTED.matcher(text("handspun.service"));
    assertThat(started.find()).isTrue();
    return List.of(started.group(1).replace("\\\n", " ").strip().split("\\s+"));
  }

  private static List<String> optionsOfTheImage() throws IOException {
    List<String> entry = list("ENTRYPOINT (.*)", text("Containerfile"));
    assertThat(entry).startsWith("bin/handspun", "serve");
    return entry.subList(2, entry.size());
  }

  @Test
  void serveHasTheOptionsThatTheUnitGives() throws Exception {
    ParseResult unit = parsed(optionsOfTheUnit());
    assertThat(unit.<List<String>>matchedOptionValue("--trust-proxy", null))
        .containsExactly("127.0.0.1");
    assertThat(unit.<Path>matchedOptionValue("--access-log", null).getParent())
        .hasToString(found("ReadWritePaths=(.*)", text("handspun.service")));
  }

  @Test
  void serveHasTheOptionsThatTheImageGives() throws Exception {
    ParseResult image = parsed(optionsOfTheImage());
    assertThat(image.<String>matchedOptionValue("--host", null)).isEqualTo("0.0.0.0");
  }

  @Test
  void allMeanTheSamePort() throws Exception {
    int port = parsed(List.of()).commandSpec().findOption("--port").getValue();
    assertThat(port).isEqualTo(8501);
    assertThat(parsed(optionsOfTheUnit()).<Integer>matchedOptionValue("--port", 0)).isEqualTo(port);
    assertThat(parsed(optionsOfTheImage()).<Integer>matchedOptionValue("--port", 0))
        .isEqualTo(port);
    assertThat(found("EXPOSE (\\d+)", text("Containerfile"))).isEqualTo("8501");
    assertThat(found("/dev/tcp/127.0.0.1/(\\d+)", text("Containerfile"))).isEqualTo("8501");
    assertThat(found("proxy_pass http://127.0.0.1:(\\d+)", text("nginx.conf"))).isEqualTo("8501");
  }

  @Test
  void systemdWaitsLongerThanTheServerTakesToEnd() throws Exception {
    assertThat(Integer.parseInt(found("TimeoutStopSec=(\\d+)", text("handspun.service"))))
        .isGreaterThan(5);
  }

  @Test
  void whatTheImageCopiesIsThere() throws Exception {
    Matcher copied = Pattern.compile("(?m)^COPY ([^-\\s]\\S*) ").matcher(text("Containerfile"));
    while (copied.find()) {
      assertThat(Path.of(copied.group(1))).exists();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theImageIsHealthyAsLongAsTheServerIsReady() throws Exception {
    Model model =
        new Model(
            Network.random(new Topology(784, 10), Initializer.NORMAL, 1),
            Optional.empty(),
            new Provenance("", Map.of(), "", Map.of(), 0, 0, 0));
    int port;
    try (DigitServer server =
        DigitServer.start("m.handspun", model, Kernels.fastest(), "127.0.0.1", 0)) {
      port = server.address().getPort();
      assertThat(health(port)).isZero();
    }
    assertThat(health(port)).isNotZero();
  }

  private static int health(int port) throws Exception {
    List<String> check = list("CMD (\\[.*\\])", text("Containerfile"));
    String script = check.get(2).replace("/8501", "/" + port);
    ProcessBuilder builder = new ProcessBuilder(check.get(0), check.get(1), script);
    StartedProcesses.mark(builder.environment());
    return builder.redirectErrorStream(true).start().waitFor();
  }

  @Test
  void systemdFindsNothingToSayOfTheUnit(@TempDir Path folder) throws Exception {
    // It looks whether the command is there.
    String unit =
        text("handspun.service").replace("/opt/handspun", Path.of("").toAbsolutePath().toString());
    Path file = Files.writeString(folder.resolve("handspun.service"), unit);
    Path said = folder.resolve("said");
    ProcessBuilder verify =
        new ProcessBuilder("systemd-analyze", "verify", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    StartedProcesses.mark(verify.environment());
    Process process;
    try {
      process = verify.start();
    } catch (IOException e) {
      String missing =
          "The check of systemd's unit is skipped: systemd-analyze is not in the PATH (Debian: apt-get install systemd).";
      System.out.println(missing);
      Assumptions.abort(missing);
      return;
    }
    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).doesNotContain("handspun.service");
  }
}
