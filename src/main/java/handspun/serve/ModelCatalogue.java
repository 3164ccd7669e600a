package handspun.serve;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.image.DigitNormalizer;
import handspun.math.Kernels;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Runs;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * The models that may be asked for beside the one that is served. A file is read once to be listed,
 * and again when it is replaced; one that cannot be read, or reads no drawings, is left out.
 */
final class ModelCatalogue {
  /** In memory at once. */
  private static final long MOST_BYTES = 64L << 20;

  /** For so long nobody looks again whether there are others. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Supplier<List<Runs.Written>> files;
  private final Kernels kernels;
  private final Recent<Runs.Written, ServedModel> loaded =
      new Recent<>(MOST_BYTES, ServedModel::bytes);

  private Map<Runs.Written, Optional<ListedModel>> known = Map.of();
  private long looked;

  /** {@code files} tells where there are models, that which comes first in a list first. */
  ModelCatalogue(Supplier<List<Runs.Written>> files, Kernels kernels) {
    this.files = files;
    this.kernels = kernels;
  }

  /** {@return all models that can be read} */
  synchronized List<ListedModel> list() {
    look();
    return known.values().stream().flatMap(Optional::stream).toList();
  }

  /** {@return the first model in the list whose parameters have that sum} */
  Optional<ServedModel> find(String sha256) {
    return file(sha256).map(written -> loaded.get(written, this::load));
  }

  private synchronized Optional<Runs.Written> file(String sha256) {
    look();
    return known.entrySet().stream()
        .filter(one -> one.getValue().map(ListedModel::sha256).equals(Optional.of(sha256)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void look() {
    long now = System.nanoTime();
    if (looked != 0 && now - looked < FRESH.toNanos()) {
      return;
    }
    Map<Runs.Written, Optional<ListedModel>> found = new LinkedHashMap<>();
    for (Runs.Written written : files.get()) {
      Optional<ListedModel> before = known.get(written);
      found.put(written, before == null ? listed(written) : before);
    }
    known = found;
    looked = System.nanoTime();
  }

  private static Optional<ListedModel> listed(Runs.Written written) {
    try {
      Model model = ModelFile.read(Location.of(written.model()));
      return Optional.of(
              ListedModel.of(written.model().toString(), model, model.network().sha256()))
          .filter(listed -> listed.topology().inputs() == DigitNormalizer.PIXELS);
    } catch (HandspunException e) {
      LoggerFactory.getLogger(ModelCatalogue.class)
          .warn("A model is left out of the list: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private ServedModel load(Runs.Written written) {
    return ServedModel.of(
        written.model().toString(), ModelFile.read(Location.of(written.model())), kernels);
  }
}
