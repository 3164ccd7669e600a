package handspun.serve;

import handspun.math.Kernels;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What answers, and what works behind it.
 *
 * @param models of which one is served
 * @param drawings that are collected, if they are
 * @param told what clients are told of this machine
 */
record Site(
    Content content,
    ServedModels models,
    PictureUploads uploads,
    ExampleImages examples,
    Optional<CollectedDrawings> drawings,
    Told told)
    implements DigitServer.Work {
  /** Opens all that the content names. */
  static Site of(Content content, Kernels kernels, Told told) {
    ModelFiles files = content.models();
    ServedModels models =
        new ServedModels(
            ServedModel.of(files.file(), files.model(), kernels),
            new ModelCatalogue(files.others(), kernels),
            new EpochModels(kernels));
    Optional<CollectedDrawings> drawings = content.collect().map(CollectedDrawings::open);
    content
        .training()
        .ifPresent(
            live -> live.serve(model -> models.serve(ServedModel.of(live.file(), model, kernels))));
    return new Site(
        content,
        models,
        new PictureUploads(),
        new ExampleImages(content.data(), kernels),
        drawings,
        told);
  }

  /**
   * {@return what answers, by its path}
   *
   * @param pause after which a client that listens to events hears something
   */
  Map<String, Endpoint> endpoints(Duration pause) throws IOException {
    Map<String, Endpoint> endpoints = new TreeMap<>();
    endpoints.putAll(PageFiles.endpoints());
    endpoints.put("/api/predict", new PredictEndpoint(models, uploads));
    endpoints.put("/api/steps", new StepsEndpoint(models, uploads));
    endpoints.put("/api/model", new ModelEndpoint(this));
    endpoints.put("/api/models", new ModelsEndpoint(models, told));
    endpoints.put("/api/epochs", new EpochsEndpoint(models));
    endpoints.put("/api/parameters", new ParametersEndpoint(models));
    endpoints.put("/api/test-images", new TestImagesEndpoint(models, examples));
    endpoints.put("/api/confusion", new ConfusionEndpoint(models, examples));
    endpoints.put("/api/nearest", new NearestEndpoint(models, examples));
    endpoints.put("/api/collect", new CollectEndpoint(drawings));
    endpoints.put("/api/events", new EventsEndpoint(content.training(), pause));
    endpoints.put("/healthz", new HealthEndpoint(this));
    return endpoints;
  }

  /** {@return whether a training runs in this process} */
  boolean isTraining() {
    return content.training().map(LiveTraining::isRunning).orElse(false);
  }

  /** Ends the answers that go on until then. */
  void endStreams() {
    content.training().ifPresent(LiveTraining::close);
  }

  @Override
  public void close() {
    endStreams();
    uploads.close();
    examples.close();
    drawings.ifPresent(CollectedDrawings::close);
  }
}
