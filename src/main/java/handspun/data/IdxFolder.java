package handspun.data;

import handspun.HandspunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the four IDX files of a data set in a folder.
 *
 * <p>Names are MNIST's, {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
 * t10k-...}; a dot may stand before {@code idx}, {@code test} for {@code t10k}, {@code .gz} at the
 * end, and a set's name before it all, as EMNIST has it: {@code
 * emnist-digits-train-images-idx3-ubyte.gz}. A file that lies there both packed and unpacked is
 * read unpacked. Of several sets the one without a name is read.
 *
 * @param set name before the files' own names, with its hyphen; may be empty
 * @param trainImages file of the training images
 * @param trainLabels file of the training labels
 * @param testImages file of the test images
 * @param testLabels file of the test labels
 */
record IdxFolder(String set, Path trainImages, Path trainLabels, Path testImages, Path testLabels) {
  private static final Pattern NAME =
      Pattern.compile("(.*-)?(train|t10k|test)-(images[-.]idx3|labels[-.]idx1)-ubyte(\\.gz)?");

  /**
   * @param location a folder; or a folder and the name of one of several sets in it, such as {@code
   *     gzip/emnist-digits}
   * @return the four files
   * @throws HandspunException if they are not all there, or more than one would do
   */
  static IdxFolder find(Path location) {
    boolean whole = Files.isDirectory(location);
    Path folder = whole ? location : location.toAbsolutePath().getParent();
    Map<String, List<Path>> sets =
        folder != null && Files.isDirectory(folder) ? sets(folder) : Map.of();
    String set = whole ? onlySet(folder, sets) : location.getFileName() + "-";
    if (!sets.containsKey(set) && !whole) {
      throw new HandspunException(
          "There is no folder "
              + location
              + ": name one that holds the four files of MNIST, or a .pkl or .pkl.gz file.");
    }
    List<Path> files = sets.getOrDefault(set, List.of());
    return new IdxFolder(
        set,
        only(folder, set, files, "train", "images"),
        only(folder, set, files, "train", "labels"),
        only(folder, set, files, "t10k", "images"),
        only(folder, set, files, "t10k", "labels"));
  }

  private static Map<String, List<Path>> sets(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      Map<String, List<Path>> sets = new TreeMap<>();
      for (Path file : entries.sorted().toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          String set = name.group(1) == null ? "" : name.group(1);
          sets.computeIfAbsent(set, s -> new ArrayList<>()).add(file);
        }
      }
      return sets;
    } catch (IOException e) {
      throw new HandspunException(
          "Could not list the folder " + folder + ": " + HandspunException.reason(e) + ".", e);
    }
  }

  private static String onlySet(Path folder, Map<String, List<Path>> sets) {
    if (sets.isEmpty() || sets.containsKey("")) {
      return "";
    }
    if (sets.size() > 1) {
      String names =
          sets.keySet().stream()
              .map(set -> folder.resolve(set.substring(0, set.length() - 1)).toString())
              .collect(Collectors.joining(", "));
      throw new HandspunException(
          "The folder " + folder + " holds several data sets: name one of " + names + ".");
    }
    return sets.keySet().iterator().next();
  }

  private static Path only(Path folder, String set, List<Path> files, String part, String content) {
    String pattern = "(" + part + (part.equals("t10k") ? "|test" : "") + ")-" + content + "[-.].*";
    Path found = null;
    for (Path file : files) {
      String plain = PackedFile.plainName(file);
      if (!plain.substring(set.length()).matches(pattern)) {
        continue;
      }
      if (found != null && !PackedFile.plainName(found).equals(plain)) {
        throw new HandspunException(
            "The folder "
                + folder
                + " holds both "
                + found.getFileName()
                + " and "
                + file.getFileName()
                + ", which mean the same: remove one of them.");
      }
      // The unpacked file sorts first.
      found = found == null ? file : found;
    }
    if (found == null) {
      String expected = set + part + "-" + content + (content.equals("images") ? "-idx3" : "-idx1");
      throw new HandspunException(
          "The folder "
              + folder
              + " has no file "
              + expected
              + "-ubyte or "
              + expected
              + "-ubyte.gz: a data set is four files, images and labels to train and to test.");
    }
    return found;
  }
}
