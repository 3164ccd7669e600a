package handspun.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameEncodingTest {
  @Test
  void whatJavaCouldNotReadIsRefusedInEveryEncoding() {
    assertThatThrownBy(
            () -> NameEncoding.require("The argument", List.of("train", "\uFFFD\uFFFD/x"), UTF_8))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("The argument ??/x has characters")
        .hasMessageContainingAll("UTF-8", "LC_ALL=C.UTF-8");
  }

  @Test
  void aQuestionMarkIsRefusedWhereItMayStandForSomethingElse() {
    assertThatThrownBy(() -> NameEncoding.require("The argument", List.of("??/x"), US_ASCII))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("The argument ??/x", "US-ASCII", "LC_ALL=C.UTF-8");
    assertThatCode(() -> NameEncoding.require("The argument", List.of("??/x"), UTF_8))
        .doesNotThrowAnyException();
  }

  @Test
  void allOtherCharactersAreFine() {
    List<String> names = List.of("\u00fc", "u\u0308", "\u6570\u5b57", "\ud83e\uddee");
    assertThatCode(() -> NameEncoding.require("The argument", names, UTF_8))
        .doesNotThrowAnyException();
    assertThatCode(() -> NameEncoding.require("The argument", List.of("\u00fc"), ISO_8859_1))
        .doesNotThrowAnyException();
  }

  @Test
  void theCommandLineIsLookedThrough() {
    assertRefused("The argument ?.png has characters", "predict", "\uFFFD.png");
  }

  @Test
  void whatIsNoPathIsRefusedInWords() {
    assertRefused("a?b is not a path on this machine", "train", "--config", "a\0b");
  }

  private static void assertRefused(String words, String... args) {
    StringWriter err = new StringWriter();
    int exit = Main.run(List.of(), new PrintWriter(new StringWriter()), new PrintWriter(err), args);
    assertThat(err.toString()).startsWith("handspun: " + words).doesNotContain("\tat ");
    assertThat(exit).isEqualTo(Main.WRONG_USE);
  }
}
