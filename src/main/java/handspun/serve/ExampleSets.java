package handspun.serve;

import handspun.HandspunException;
import handspun.data.DataSources;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.Examples;
import handspun.files.Location;
import handspun.image.DigitNormalizer;
import handspun.store.Model;
import handspun.store.Provenance;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The images that models learned from and are tested with. They are those that a model names, if
 * its files are on this machine and have the sums that it names; else those that {@code evaluate}
 * takes.
 */
final class ExampleSets {
  /** Files that take more are not read: MNIST's take 11 MB packed, and 55 MB unpacked. */
  private static final long MOST_BYTES = 128L << 20;

  /** A folder is looked at no deeper. */
  private static final int DEEPEST = 4;

  /** In memory at once; MNIST takes 14 MB. */
  private static final int MOST_SETS = 2;

  /** All images to train, those that validated among them, and those to test. */
  record Found(Examples training, Examples test) {}

  private final Supplier<DataSources> otherwise;
  private final Recent<String, Optional<Dataset>> sets = new Recent<>(MOST_SETS);

  /** {@code otherwise} is asked at most when a model's own images are not here. */
  ExampleSets(Supplier<DataSources> otherwise) {
    this.otherwise = otherwise;
  }

  /** {@return the images of a model; refuses one that has none here} */
  Found of(Model model) {
    return own(model.provenance())
        .or(() -> read(otherwise.get()))
        .map(set -> new Found(set.training(), set.test()))
        .filter(found -> fits(found.training(), model) && fits(found.test(), model))
        .orElseThrow(
            () ->
                new RefusedRequest(
                    404,
                    "The images that this model learned from are not on this machine, and no others that it could read: put MNIST's four files into data/mnist."));
  }

  private Optional<Dataset> own(Provenance provenance) {
    if (provenance.data().isBlank() || provenance.dataSha256().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(DataSources.parse(provenance.data(), ExampleSets::local))
        .flatMap(this::read)
        .filter(set -> set.sha256().equals(provenance.dataSha256()));
  }

  /** What is elsewhere is not waited for. */
  private static Location local(String name) {
    return Location.of(name, Map::of);
  }

  private Optional<Dataset> read(DataSources sources) {
    try {
      long bytes = 0;
      for (Location location : sources.locations()) {
        bytes += location.local().isEmpty() ? MOST_BYTES : bytes(location, DEEPEST);
      }
      return bytes == 0 || bytes >= MOST_BYTES
          ? Optional.empty()
          : sets.get(
              String.valueOf(sources.locations().stream().map(Location::absolute).toList()),
              name -> readNow(sources));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Dataset> readNow(DataSources sources) {
    try {
      return Optional.of(DatasetReader.open(sources, 0, false).inMemory());
    } catch (HandspunException e) {
      return Optional.empty();
    }
  }

  private static long bytes(Location location, int depth) throws IOException {
    if (location.isFile()) {
      return location.size();
    }
    long sum = 0;
    if (depth > 0 && location.isFolder()) {
      for (String name : location.list()) {
        sum += bytes(location.resolve(name), depth - 1);
      }
    }
    return sum;
  }

  private static boolean fits(Examples examples, Model model) {
    if (examples.count() == 0
        || examples.rows() != DigitNormalizer.SIZE
        || examples.columns() != DigitNormalizer.SIZE) {
      return false;
    }
    for (int i = 0; i < examples.count(); i++) {
      if (examples.label(i) >= model.network().topology().outputs()) {
        return false;
      }
    }
    return true;
  }
}
