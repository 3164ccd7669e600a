package handspun.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The model that is served, and those that a request may ask for in its place. */
final class ServedModels {
  /** Asks for another model than the served one. */
  static final Parameter MODEL =
      Parameter.text(
          "model", "The SHA-256 of the parameters of the model; without it, the served one.");

  /** Asks for a model as it was. */
  static final Parameter EPOCH =
      Parameter.number(
          "epoch", "After this epoch of its training, if its parameters were kept then.");

  private final ModelCatalogue others;
  private final EpochModels epochs;
  private volatile ServedModel served;

  ServedModels(ServedModel served, ModelCatalogue others, EpochModels epochs) {
    this.served = served;
    this.others = others;
    this.epochs = epochs;
  }

  /** {@return the model that answers who asks for no other} */
  ServedModel served() {
    return served;
  }

  /** From now on, this one is served. Requests that are under way end with theirs. */
  void serve(ServedModel next) {
    served = next;
  }

  /** {@return the models that may be asked for; that which is served is one of them} */
  List<ListedModel> list() {
    ServedModel now = served;
    List<ListedModel> all = new ArrayList<>(others.list());
    if (all.stream().noneMatch(one -> one.sha256().equals(now.sha256()))) {
      all.add(0, ListedModel.of(now.file(), now.model(), now.sha256()));
    }
    return all;
  }

  /** {@return the model that a request asks for by its SHA-256, else the served one} */
  ServedModel chosen(Request request) {
    ServedModel now = served;
    Optional<String> sha256 = request.query().text(MODEL);
    if (sha256.isEmpty() || sha256.get().equals(now.sha256())) {
      return now;
    }
    return others
        .find(sha256.get())
        .filter(found -> found.sha256().equals(sha256.get()))
        .orElseThrow(
            () ->
                new RefusedRequest(
                    404,
                    "There is no model whose parameters have the SHA-256 \"%s\": ask /api/models which there are."
                        .formatted(Query.shortened(sha256.get()))));
  }

  /**
   * {@return the first model, the served one before all others, whose short name, file or SHA-256
   * is that}
   */
  ServedModel named(String name) {
    ServedModel now = served;
    if (ServedModel.isNamed(name, now.file(), now.sha256())) {
      return now;
    }
    return others.list().stream()
        .filter(one -> ServedModel.isNamed(name, one.file(), one.sha256()))
        .findFirst()
        .flatMap(one -> others.find(one.sha256()))
        .orElseThrow(
            () ->
                new RefusedRequest(
                    404,
                    "There is no model \"%s\": ask /v1/models which there are."
                        .formatted(Query.shortened(name))));
  }

  /** {@return the chosen model, as it was after an epoch if the request asks for one} */
  ServedModel chosenEpoch(Request request) {
    ServedModel model = chosen(request);
    OptionalInt epoch = request.query().number(EPOCH);
    return epoch.isPresent() ? epochs.at(model, epoch.getAsInt()) : model;
  }
}
