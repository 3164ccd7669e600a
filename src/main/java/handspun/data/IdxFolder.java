package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the IDX files of a data set in a folder.
 *
 * <p>Names are MNIST's, {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
 * t10k-...}; a dot may stand before {@code idx}, {@code test} for {@code t10k}, {@code .gz} at the
 * end, and a set's name before it all, as EMNIST has it: {@code
 * emnist-digits-train-images-idx3-ubyte.gz}. A file that lies there both packed and unpacked is
 * read unpacked. Of several sets the one without a name is read.
 *
 * <p>Each of the four may be in parts, which are IDX files themselves and follow each other: {@code
 * train-images-idx3-ubyte-00000-of-00064} and so on. The names tell how many there must be.
 *
 * @param set name before the files' own names, with its hyphen; may be empty
 * @param trainImages parts of the training images; a single file is one part
 * @param trainLabels parts of the training labels
 * @param testImages parts of the test images
 * @param testLabels parts of the test labels
 */
record IdxFolder(
    String set,
    List<Location> trainImages,
    List<Location> trainLabels,
    List<Location> testImages,
    List<Location> testLabels) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<set>.*-)?(?<what>(train|t10k|test)-(images[-.]idx3|labels[-.]idx1)-ubyte)"
              + "(-(?<part>\\d{5,9})-of-(?<parts>\\d{5,9}))?(\\.gz)?");

  /**
   * @param location a folder; or a folder and the name of one of several sets in it, such as {@code
   *     gzip/emnist-digits}
   * @return its files
   * @throws HandspunException if they are not all there, or more than one would do
   */
  static IdxFolder find(Location location) {
    try {
      boolean whole = location.isFolder();
      Location folder = whole ? location : location.parent();
      Map<String, List<String>> sets = whole || folder.isFolder() ? sets(folder) : Map.of();
      String set = whole ? onlySet(folder, sets) : location.fileName() + "-";
      if (!sets.containsKey(set) && !whole) {
        throw new HandspunException(
            "There is no folder "
                + location
                + ": name one that holds the four files of MNIST, or a .pkl or .pkl.gz file.");
      }
      List<String> files = sets.getOrDefault(set, List.of());
      return new IdxFolder(
          set,
          parts(folder, set, files, "train", "images"),
          parts(folder, set, files, "train", "labels"),
          parts(folder, set, files, "t10k", "images"),
          parts(folder, set, files, "t10k", "labels"));
    } catch (IOException e) {
      throw new HandspunException(
          "Could not list the folder " + location + ": " + HandspunException.reason(e) + ".", e);
    }
  }

  /** Whether each of the four is a single file. */
  boolean isWhole() {
    return trainImages.size() == 1
        && trainLabels.size() == 1
        && testImages.size() == 1
        && testLabels.size() == 1;
  }

  /** All files. */
  List<Location> files() {
    return Stream.of(trainImages, trainLabels, testImages, testLabels)
        .flatMap(List::stream)
        .toList();
  }

  private static Map<String, List<String>> sets(Location folder) throws IOException {
    Map<String, List<String>> sets = new TreeMap<>();
    for (String file : folder.list()) {
      Matcher name = NAME.matcher(file);
      if (name.matches()) {
        String set = name.group("set") == null ? "" : name.group("set");
        sets.computeIfAbsent(set, s -> new ArrayList<>()).add(file);
      }
    }
    return sets;
  }

  private static String onlySet(Location folder, Map<String, List<String>> sets) {
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

  private static List<Location> parts(
      Location folder, String set, List<String> files, String use, String content) {
    String pattern = "(" + use + (use.equals("t10k") ? "|test" : "") + ")-" + content + "[-.].*";
    List<String> found = new ArrayList<>();
    for (String file : files) {
      if (!file.substring(set.length()).matches(pattern)) {
        continue;
      }
      // The unpacked file sorts first.
      String last = found.isEmpty() ? null : found.get(found.size() - 1);
      if (last == null || !PackedFile.plainName(last).equals(PackedFile.plainName(file))) {
        found.add(file);
      }
    }
    if (found.isEmpty()) {
      String expected = set + use + "-" + content + (content.equals("images") ? "-idx3" : "-idx1");
      throw new HandspunException(
          "The folder "
              + folder
              + " has no file "
              + expected
              + "-ubyte or "
              + expected
              + "-ubyte.gz: a data set is four files, images and labels to train and to test.");
    }
    requireComplete(folder, found);
    return found.stream().map(folder::resolve).toList();
  }

  private static void requireComplete(Location folder, List<String> found) {
    Matcher first = name(found.get(0));
    for (String file : found) {
      Matcher name = name(file);
      if (!whole(name).equals(whole(first))) {
        throw new HandspunException(
            "The folder "
                + folder
                + " holds both "
                + found.get(0)
                + " and "
                + file
                + ", which mean the same: remove one of them.");
      }
    }
    if (first.group("parts") == null) {
      return;
    }
    int parts = Integer.parseInt(first.group("parts"));
    for (int p = 0; p < Math.max(parts, found.size()); p++) {
      if (p >= found.size() || Integer.parseInt(name(found.get(p)).group("part")) != p) {
        throw new HandspunException(
            "The folder "
                + folder
                + " does not hold all parts of "
                + whole(first)
                + ": "
                + found.size()
                + " of "
                + parts
                + " are there, and "
                + String.format("%05d", p)
                + " is the first that is not; copy the others too, or make them again.");
      }
    }
  }

  private static Matcher name(String file) {
    Matcher name = NAME.matcher(file);
    if (!name.matches()) {
      throw new IllegalArgumentException(file);
    }
    return name;
  }

  /** What the parts of one file have in common. */
  private static String whole(Matcher name) {
    String parts = name.group("parts");
    return name.group("what") + (parts == null ? "" : "-...-of-" + parts);
  }
}
