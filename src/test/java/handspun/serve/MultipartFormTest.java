package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {
  private static final String TYPE = "multipart/form-data; boundary=XX";
  private static final String FILE =
      "Content-Disposition: form-data; name=\"file\"; filename=\"7.png\"\r\n\r\n";
  private static final String FIELD = "Content-Disposition: form-data; name=\"a\"\r\n\r\nvalue";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String file(String type, String form) {
    return new String(
        MultipartForm.onlyFile(
            new Request("/", Map.of(), Query.NONE, type, "", Optional.empty(), bytes(form))),
        StandardCharsets.ISO_8859_1);
  }

  private static void assertRefused(String type, String form, String words) {
    assertThatThrownBy(() -> file(type, form))
        .hasMessageContaining(words)
        .hasMessageContaining("curl --data-binary @digit.png")
        .asInstanceOf(type(RefusedRequest.class))
        .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=XX",
        "multipart/form-data;boundary=XX",
        "multipart/form-data; boundary=\"XX\"",
        "Multipart/Form-Data; charset=utf-8; BOUNDARY=XX; x=y"
      })
  void findsTheBoundaryInTheType(String type) {
    assertThat(file(type, "--XX\r\n" + FILE + "picture\r\n--XX--\r\n")).isEqualTo("picture");
  }

  @Test
  void readsBoundariesWithBlanksAndSigns() {
    String type = "multipart/form-data; boundary=\"a b;c=(d)+e?f\"";
    assertThat(file(type, "--a b;c=(d)+e?f\r\n" + FILE + "x\r\n--a b;c=(d)+e?f--")).isEqualTo("x");
  }

  @Test
  void passesOverPreambleEpilogueAndOtherFields() {
    assertThat(
            file(
                TYPE,
                "A preamble.\r\n--XX \t\r\n"
                    + FIELD
                    + "\r\n--XX\r\n"
                    + FILE
                    + "picture\r\n--XX\r\n"
                    + FIELD
                    + "\r\n--XX--\r\nAn epilogue.\r\n"))
        .isEqualTo("picture");
  }

  @Test
  void keepsBytesThatLookLikeABoundary() {
    String picture =
        "\u0089PNG\r\n\u001a\n--XX\n\r\n--XXY\r\n --XX\r\n--X\r\n\u0000\r--XX\r\n--XX-\r\n\n\r\n\r\n";
    assertThat(file(TYPE, "--XX\r\n" + FILE + picture + "\r\n--XX--\r\n")).isEqualTo(picture);
  }

  @Test
  void forgivesLinesThatEndWithLfAlone() {
    String form = "--XX\n" + FILE.replace("\r\n", "\n") + "a\r\nb\n--XX--\n";
    assertThat(file(TYPE, form)).isEqualTo("a\r\nb");
  }

  @Test
  void readsAnEmptyFileAndHeadersInAnyOrderAndCase() {
    assertThat(file(TYPE, "--XX\r\n" + FILE + "\r\n--XX--")).isEmpty();
    assertThat(
            file(
                TYPE,
                String.join(
                    "\r\n",
                    "--XX",
                    "Content-Type: image/png",
                    "CONTENT-DISPOSITION: form-data; FileName*=UTF-8''7.png; name=f",
                    "",
                    "x",
                    "--XX--")))
        .isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data, names no boundary",
    "multipart/form-data; boundary=, names no boundary",
    "multipart/form-data; boundary=YY, is not in it"
  })
  void refusesATypeThatDoesNotFitTheBody(String type, String words) {
    assertRefused(type, "--XX\r\n" + FILE + "x\r\n--XX--\r\n", words);
  }

  @Test
  void refusesFormsThatAreCutOffOrMalformed() {
    assertRefused(TYPE, "", "is not in it");
    assertRefused(TYPE, "--XX", "its end is missing");
    assertRefused(TYPE, "--XX\r\n", "its end is missing");
    assertRefused(TYPE, "--XX\r\n" + FILE + "pic", "its end is missing");
    assertRefused(TYPE, "--XX\r\n" + FILE + "pic\r\n--XX-", "its end is missing");
    assertRefused(TYPE, "--XX\r\nno empty line\r\n--XX--", "no empty line");
    assertRefused(TYPE, "--XX\r\n\r\nx\r\n--XX--", "no Content-Disposition");
    assertRefused(
        TYPE, "--XX\r\nX: " + "y".repeat(9000) + "\r\n" + FILE + "x\r\n--XX--", "no empty line");
    assertRefused(TYPE, ("--XX\r\n" + FIELD + "\r\n").repeat(65) + "--XX--", "more than 64 parts");
  }

  @Test
  void wantsExactlyOneFile() {
    String part = "--XX\r\n" + FILE + "x\r\n";
    assertRefused(TYPE, "--XX--", "no file");
    assertRefused(TYPE, "--XX\r\n" + FIELD + "\r\n--XX--", "no file");
    assertRefused(TYPE, part + part + "--XX--", "2 files");
  }
}
