package handspun.data;

import handspun.HandspunException;
import handspun.files.FileKind;
import handspun.files.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds a data set in what the user named: a file, a folder, or a folder and the name of one of
 * several sets in it. A folder may hold the set in a folder within it, as archives unpack, and each
 * file in a folder of the file's name, as Kaggle's do.
 *
 * @param named what the user named
 */
record DataFinder(Location named) {
  private static final String EXPECTED =
      "a folder with MNIST's four IDX files, train.csv or an .npz, or such a file, or a pickle like mnist.pkl.gz";
  private static final int DEEPEST = 3;
  private static final int MOST_FOLDERS = 200;

  /**
   * {@return the only data set there; throws a HandspunException if there is none, or more than
   * one}
   */
  static FoundDataset find(Location named) {
    try {
      return new DataFinder(named).find();
    } catch (IOException e) {
      throw HandspunException.couldNot("look at " + named, e);
    }
  }

  private FoundDataset find() throws IOException {
    if (named.isFile()) {
      return file();
    }
    if (named.isFolder()) {
      return inFolders();
    }
    Location folder = named.parent();
    Map<String, Supplier<FoundDataset>> sets = folder.isFolder() ? sets(folder) : Map.of();
    for (Map.Entry<String, Supplier<FoundDataset>> set : sets.entrySet()) {
      if (set.getKey().equalsIgnoreCase(named.fileName())) {
        return set.getValue().get();
      }
    }
    throw new HandspunException(
        "There is no folder or file %s: name %s.".formatted(named, EXPECTED));
  }

  private FoundDataset file() throws IOException {
    if (FileKind.of(packedStart(named)) == FileKind.ZIP) {
      // Read to its end, an archive of several files is told as one.
      Checksum.of(named);
    }
    PackedFile packed = new PackedFile(named);
    String name = packed.plainName().toLowerCase(Locale.ROOT);
    FileKind kind = packed.kind();
    if (kind == FileKind.NPZ || name.endsWith(".npz")) {
      return PythonDataset.npz(named);
    }
    if (kind == FileKind.PICKLE || isPickle(name)) {
      return PythonDataset.pickle(named);
    }
    if (kind == FileKind.CSV || name.endsWith(".csv")) {
      return new CsvFiles(named, named, Optional.empty());
    }
    throw UnexpectedFile.refusal(named, packed.start(), EXPECTED);
  }

  private static boolean isPickle(String plainName) {
    return plainName.endsWith(".pkl") || plainName.endsWith(".pickle");
  }

  private FoundDataset inFolders() throws IOException {
    List<Location> level = List.of(named);
    for (int depth = 0; depth <= DEEPEST && !level.isEmpty(); depth++) {
      Map<Location, Map<String, Supplier<FoundDataset>>> found = new TreeMap<>(byName());
      for (Location folder : level) {
        Map<String, Supplier<FoundDataset>> sets = sets(folder);
        if (!sets.isEmpty()) {
          found.put(folder, sets);
        }
      }
      if (found.size() > 1) {
        throw several(found.keySet().stream().map(Location::toString).toList());
      }
      if (found.size() == 1) {
        Location folder = found.keySet().iterator().next();
        return only(folder, found.get(folder));
      }
      level = foldersIn(level);
    }
    throw nothingFound();
  }

  private static Comparator<Location> byName() {
    return Comparator.comparing(Location::toString);
  }

  private static List<Location> foldersIn(List<Location> level) throws IOException {
    List<Location> folders = new ArrayList<>();
    for (Location folder : level) {
      for (String name : folder.list()) {
        Location entry = folder.resolve(name);
        if (folders.size() < MOST_FOLDERS && !isHidden(name) && entry.isFolder()) {
          folders.add(entry);
        }
      }
    }
    return folders;
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("__");
  }

  private FoundDataset only(Location folder, Map<String, Supplier<FoundDataset>> sets) {
    if (sets.containsKey("")) {
      return sets.get("").get();
    }
    if (sets.size() > 1) {
      throw several(sets.keySet().stream().map(set -> folder.resolve(set).toString()).toList());
    }
    return sets.values().iterator().next().get();
  }

  private HandspunException several(List<String> names) {
    return new HandspunException(
        "The folder %s holds several data sets: name one of %s."
            .formatted(named, String.join(", ", names)));
  }

  private HandspunException nothingFound() throws IOException {
    List<String> names = named.list().stream().filter(name -> !isHidden(name)).toList();
    for (String name : names) {
      Location entry = named.resolve(name);
      if (entry.isFile()) {
        for (byte[] start : List.of(packedStart(entry), start(entry))) {
          if (FileKind.of(start).isArchive()) {
            return UnexpectedFile.refusal(entry, start, EXPECTED);
          }
        }
      }
    }
    return new HandspunException(
        "The folder %s has no file train-images-idx3-ubyte or train-images-idx3-ubyte.gz, and no other data set, but %s: name %s."
            .formatted(
                named,
                names.isEmpty()
                    ? "is empty"
                    : names.stream().limit(5).collect(Collectors.joining(", ")),
                EXPECTED));
  }

  private static byte[] packedStart(Location file) throws IOException {
    try (InputStream in = file.open()) {
      return in.readNBytes(FileKind.BYTES);
    }
  }

  /** A gzip stream may be cut off; then it is no archive that one could unpack. */
  private static byte[] start(Location file) {
    try {
      return new PackedFile(file).start();
    } catch (HandspunException e) {
      return new byte[0];
    }
  }

  /** {@return the sets in a folder by their names; what is in IDX files comes before all else} */
  private Map<String, Supplier<FoundDataset>> sets(Location folder) throws IOException {
    Map<String, List<Location>> idx = new TreeMap<>();
    Map<String, Map<String, Location>> tables = new TreeMap<>();
    Map<String, Supplier<FoundDataset>> files = new TreeMap<>();
    for (Location file : files(folder)) {
      String name = file.fileName();
      String plain = PackedFile.plainName(name).toLowerCase(Locale.ROOT);
      Optional<String> set = IdxFolder.setOf(name);
      Optional<String> use = CsvFiles.useOf(name);
      if (set.isPresent()) {
        idx.computeIfAbsent(set.get(), s -> new ArrayList<>()).add(file);
      } else if (use.isPresent()) {
        int slash = use.get().lastIndexOf('/');
        // The unpacked file comes first.
        tables
            .computeIfAbsent(use.get().substring(0, slash), s -> new TreeMap<>())
            .putIfAbsent(use.get().substring(slash + 1), file);
      } else if (plain.endsWith(".npz")) {
        files.put(name, () -> PythonDataset.npz(file));
      } else if (isPickle(plain)) {
        files.put(name, () -> PythonDataset.pickle(file));
      }
    }
    Map<String, Supplier<FoundDataset>> sets = new TreeMap<>();
    idx.forEach(
        (set, found) ->
            sets.put(
                set.isEmpty() ? "" : set.substring(0, set.length() - 1),
                () -> IdxFolder.of(named, folder, set, found)));
    if (sets.isEmpty()) {
      sets.putAll(files);
      tables.forEach(
          (set, uses) -> {
            if (uses.containsKey("train")) {
              String name = set.isEmpty() ? uses.get("train").fileName() : set;
              sets.put(name, () -> tables(uses));
            }
          });
    }
    return sets;
  }

  private FoundDataset tables(Map<String, Location> uses) {
    return new CsvFiles(named, uses.get("train"), Optional.ofNullable(uses.get("test")));
  }

  /** {@return the files in a folder, and those in folders that have the name of such a file} */
  private static List<Location> files(Location folder) throws IOException {
    List<Location> files = new ArrayList<>();
    for (String name : folder.list()) {
      if (!isData(name)) {
        continue;
      }
      Location entry = folder.resolve(name);
      if (!entry.isFolder()) {
        files.add(entry);
        continue;
      }
      for (String inside : entry.list()) {
        if (isData(inside) && entry.resolve(inside).isFile()) {
          files.add(entry.resolve(inside));
        }
      }
    }
    return files;
  }

  private static boolean isData(String name) {
    String plain = PackedFile.plainName(name).toLowerCase(Locale.ROOT);
    return !isHidden(name)
        && (IdxFolder.setOf(name).isPresent()
            || CsvFiles.useOf(name).isPresent()
            || plain.endsWith(".npz")
            || isPickle(plain));
  }
}
