package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.StartedProcesses;
import handspun.math.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keystores as {@code keytool} makes them. */
class KeystoreTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  private Path make(String type, String keyPassword) throws IOException, InterruptedException {
    Path file = folder.resolve("server." + type);
    String arguments =
        "-genkeypair -keyalg EC -alias server -dname CN=localhost -ext san=ip:127.0.0.1 -validity 2 -storetype %s -keystore %s -storepass %s -keypass %s";
    keytool(List.of(arguments.formatted(type, file, PASSWORD, keyPassword).split(" ")));
    return file;
  }

  private static void keytool(List<String> arguments) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of(keytool), arguments.stream()).toList());
    StartedProcesses.mark(builder.environment());
    Process process = builder.redirectErrorStream(true).start();
    // It must not wait for somebody who answers its questions.
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static SSLContext read(Path file, String password) {
    return Keystore.read(file, password.toCharArray());
  }

  private static SSLContext trusting(Path file) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore own = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", own.getCertificate("server"));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void servesByHttps(String type) throws Exception {
    Path file = make(type, PASSWORD);
    Access access =
        Access.DEFAULT.withTls(read(file, PASSWORD)).withToken(Token.of("secret", "a test"));
    try (DigitServer server =
            DigitServer.start(
                Content.of("m", RunFiles.model(1)), Kernels.fastest(), access, "127.0.0.1", 0);
        SSLSocket socket =
            (SSLSocket)
                trusting(file)
                    .getSocketFactory()
                    .createSocket("127.0.0.1", server.address().getPort())) {
      assertThat(server.address().getScheme()).isEqualTo("https");
      socket
          .getOutputStream()
          .write(
              "GET /?token=secret HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
          .startsWith("HTTP/1.1 303 ")
          .contains("SameSite=Strict; Secure");
    }
  }

  private static void assertRefused(Path file, String password, String words) {
    assertThatThrownBy(() -> read(file, password))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(words);
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    assertRefused(folder.resolve("nowhere.p12"), PASSWORD, "There is no keystore");
    assertRefused(folder, PASSWORD, "There is no keystore");
  }

  @Test
  void saysThatTheFileIsNoKeystore() throws IOException {
    assertRefused(Files.writeString(folder.resolve("text"), "hello"), PASSWORD, "is no keystore");
    assertRefused(Files.createFile(folder.resolve("empty")), PASSWORD, "is no keystore");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void saysThatThePasswordIsWrong(String type) throws Exception {
    assertRefused(make(type, PASSWORD), "other", "The password does not open");
  }

  @Test
  void saysThatTheKeyHasAnotherPassword() throws Exception {
    assertRefused(make("JKS", "another"), PASSWORD, "or the key in it");
  }

  @Test
  void saysThatThereIsNoKeyInIt() throws Exception {
    Path file = make("PKCS12", PASSWORD);
    Path certificate = folder.resolve("certificate");
    keytool(
        List.of(
            "-exportcert",
            "-alias",
            "server",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD,
            "-file",
            certificate.toString()));
    Path trusted = folder.resolve("trusted.p12");
    keytool(
        List.of(
            "-importcert",
            "-noprompt",
            "-alias",
            "server",
            "-keystore",
            trusted.toString(),
            "-storepass",
            PASSWORD,
            "-file",
            certificate.toString()));
    assertRefused(trusted, PASSWORD, "has no private key");
  }
}
