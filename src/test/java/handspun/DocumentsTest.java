package handspun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md, src/ARCHITECTURE.md and src/docs say about where things are is true. */
class DocumentsTest {
  private static final Path README = Path.of("README.md");
  private static final Path DOCS = Path.of("src/docs");

  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern CLASS = Pattern.compile("(?<![\\w.])[a-z]+\\.[A-Z]\\w*");
  private static final Pattern TEST = Pattern.compile("[A-Z]\\w*(Test|IT)");
  private static final Pattern FILE = Pattern.compile("(src|conf|bin|data)/[\\w./-]*");
  private static final Pattern DOCUMENT =
      Pattern.compile("src/docs/[\\w-]+\\.md|src/ARCHITECTURE\\.md");

  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(README, Path.of("src/ARCHITECTURE.md")));
    documents.addAll(files(DOCS, ".md"));
    return documents;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) throws IOException {
    assertThat(brokenLinks(document, Files.readString(document))).isEmpty();
  }

  @Test
  void aLinkThatLeadsNowhereIsFound() throws IOException {
    String text =
        """
        # A heading, with `code` and a comma
        [file](src/docs/nothing.md) [heading](src/docs/data.md#nothing) [own](#nothing)
        [good](src/docs/data.md#what-is-not-read) [good](#a-heading-with-code-and-a-comma)
        [elsewhere](https://example.org/nothing) `[code](nothing.md)`
        ```
        # nothing
        [code](nothing.md)
        ```
        """;
    assertThat(brokenLinks(README, text))
        .containsExactly("src/docs/nothing.md", "src/docs/data.md#nothing", "#nothing");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyClassThatIsNamedExists(Path document) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : files(Path.of("src"), ".java")) {
      String name = file.getFileName().toString().replace(".java", "");
      names.add(name);
      names.add(file.getParent().getFileName() + "." + name);
    }
    String text = Files.readString(document);
    Stream<String> qualified =
        Stream.concat(FENCE.matcher(text).results().map(MatchResult::group), codes(text).stream())
            .flatMap(code -> CLASS.matcher(code).results())
            .map(MatchResult::group);
    Stream<String> tests = codes(text).stream().filter(TEST.asMatchPredicate());
    assertThat(Stream.concat(qualified, tests)).isSubsetOf(names);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyFileThatIsNamedExists(Path document) throws IOException {
    assertThat(codes(Files.readString(document)))
        .filteredOn(FILE.asMatchPredicate())
        .allMatch(file -> Files.exists(Path.of(file)));
  }

  @Test
  void everyDocumentThatTheProgramNamesExists() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Path folder : List.of(Path.of("src/main"), Path.of("conf"), Path.of("bin"))) {
      for (Path file : files(folder, "")) {
        DOCUMENT.matcher(Files.readString(file)).results().forEach(name -> named.add(name.group()));
      }
    }
    assertThat(named).isNotEmpty().allMatch(name -> Files.exists(Path.of(name)));
  }

  @ParameterizedTest
  @CsvSource({"README.md, 150", "src/ARCHITECTURE.md, 200"})
  void whatEverybodyReadsIsShort(Path document, int lines) throws IOException {
    assertThat(Files.readAllLines(document)).hasSizeLessThanOrEqualTo(lines);
  }

  @Test
  void readmeLeadsToEveryDocumentWhichSaysWhoNeedsIt() throws IOException {
    for (Path document : files(DOCS, ".md")) {
      assertThat(links(Files.readString(README))).anyMatch(leadsTo(document.toString()));
      assertThat(Files.readAllLines(document).get(2)).startsWith("Read this if you ");
    }
  }

  @Test
  void everyPictureIsShownAndSmall() throws IOException {
    List<String> links = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : links(Files.readString(document))) {
        links.add(document.resolveSibling(link).normalize().toString());
      }
    }
    for (Path picture : files(DOCS.resolve("images"), "")) {
      assertThat(links).contains(picture.toString());
      assertThat(Files.size(picture)).as(picture.toString()).isLessThan(200_000);
    }
  }

  private static Predicate<String> leadsTo(String file) {
    return link -> link.replaceFirst("#.*", "").equals(file);
  }

  /** Relative links of a text in that document to a file or heading that does not exist. */
  private static List<String> brokenLinks(Path document, String text) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : links(text)) {
      String[] parts = link.split("#", 2);
      Path target = document.resolveSibling(parts[0]).normalize();
      if (!parts[0].isEmpty() && !Files.exists(target)) {
        broken.add(link);
      } else if (parts.length > 1) {
        String there = parts[0].isEmpty() ? text : Files.readString(target);
        if (!anchors(there).contains(parts[1])) {
          broken.add(link);
        }
      }
    }
    return broken;
  }

  private static List<String> links(String text) {
    return LINK.matcher(CODE.matcher(prose(text)).replaceAll(""))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.matches("https?:.*"))
        .toList();
  }

  private static List<String> codes(String text) {
    return CODE.matcher(prose(text)).results().map(code -> code.group(1)).toList();
  }

  private static String prose(String text) {
    return FENCE.matcher(text).replaceAll("");
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(String text) {
    return HEADING
        .matcher(prose(text))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
