package handspun.serve;

import handspun.files.Location;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.store.KeptEpochs;
import handspun.store.Model;
import handspun.store.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Models as they were after an epoch of their run, as far as the run has kept their parameters. */
final class EpochModels {
  /** In memory at once: a few of the largest networks, all epochs of a small one. */
  private static final long MOST_BYTES = 48L << 20;

  private final Kernels kernels;
  private final Recent<Key, ServedModel> models = new Recent<>(MOST_BYTES, ServedModel::bytes);

  private record Key(String file, String sha256, int epoch) {}

  EpochModels(Kernels kernels) {
    this.kernels = kernels;
  }

  /** {@return the folder of the run that a model is of, if it is of any} */
  static Optional<Path> run(ServedModel model) {
    Path file = Path.of(model.file());
    return file.endsWith(Runs.MODEL) ? Optional.ofNullable(file.getParent()) : Optional.empty();
  }

  private static Optional<KeptEpochs> kept(ServedModel model) {
    return run(model).map(run -> new KeptEpochs(Location.of(run)));
  }

  /** {@return the epochs whose parameters are kept, ascending} */
  static List<Integer> epochs(ServedModel model) {
    return kept(model).map(KeptEpochs::epochs).orElse(List.of());
  }

  /**
   * {@return a model with the parameters that it had after an epoch, which is judged by the same
   * thresholds; refuses an epoch that is not kept}
   */
  ServedModel at(ServedModel model, int epoch) {
    Optional<KeptEpochs> kept = kept(model);
    if (kept.isEmpty() || !kept.get().epochs().contains(epoch)) {
      throw new RefusedRequest(
          404,
          "The parameters of this model after epoch %d are not kept: ask /api/epochs which are."
              .formatted(epoch));
    }
    return models.get(
        new Key(model.file(), model.sha256(), epoch),
        key -> read(model, kept.get().network(epoch, model.model().network())));
  }

  private ServedModel read(ServedModel model, Network network) {
    Model known = model.model();
    return ServedModel.of(
        model.file(),
        new Model(network, known.plan(), known.provenance(), known.acceptance()),
        kernels);
  }
}
