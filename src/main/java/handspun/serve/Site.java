package handspun.serve;

import handspun.math.Kernels;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What answers, and what works behind it.
 *
 * @param models of which one is served
 * @param drawings that are collected, if they are
 * @param monitoring how the server does
 * @param told what clients are told of this machine
 */
record Site(
    Content content,
    ServedModels models,
    PictureUploads uploads,
    ExampleImages examples,
    Optional<CollectedDrawings> drawings,
    Monitoring monitoring,
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
        Monitoring.begin(),
        told);
  }

  /**
   * {@return what answers at which address}
   *
   * @param pause after which a client that listens to events hears something
   */
  Routes routes(Duration pause) throws IOException {
    Routes routes = new Routes();
    PageFiles.endpoints().forEach(routes::putFile);
    routes.put(
        "/api/predict",
        PredictEndpoint.DESCRIPTION,
        new PredictEndpoint(models, uploads, monitoring.inferences()));
    routes.put("/api/steps", StepsEndpoint.DESCRIPTION, new StepsEndpoint(models, uploads));
    routes.put("/api/model", ModelEndpoint.DESCRIPTION, new ModelEndpoint(this));
    routes.put("/api/models", ModelsEndpoint.DESCRIPTION, new ModelsEndpoint(models, told));
    routes.put("/api/epochs", EpochsEndpoint.DESCRIPTION, new EpochsEndpoint(models));
    routes.put("/api/parameters", ParametersEndpoint.DESCRIPTION, new ParametersEndpoint(models));
    routes.put(
        "/api/test-images",
        TestImagesEndpoint.DESCRIPTION,
        new TestImagesEndpoint(models, examples));
    routes.put(
        "/api/confusion", ConfusionEndpoint.DESCRIPTION, new ConfusionEndpoint(models, examples));
    routes.put("/api/nearest", NearestEndpoint.DESCRIPTION, new NearestEndpoint(models, examples));
    routes.put("/api/collect", CollectEndpoint.DESCRIPTION, new CollectEndpoint(drawings));
    routes.put(
        "/api/events", EventsEndpoint.DESCRIPTION, new EventsEndpoint(content.training(), pause));
    new InferenceAddresses(
            new InferenceEndpoints(models, monitoring.inferences(), monitoring.readiness()))
        .addTo(routes);
    routes.put("/healthz", HealthEndpoint.DESCRIPTION, new HealthEndpoint(this));
    routes.put("/readyz", Readiness.DESCRIPTION, monitoring.readiness());
    routes.put(
        "/metrics",
        MetricsEndpoint.DESCRIPTION,
        new MetricsEndpoint(models, monitoring.requests(), monitoring.inferences()));
    routes.put(
        OpenApiEndpoint.PATH, OpenApiEndpoint.DESCRIPTION, new OpenApiEndpoint(routes, told));
    return routes;
  }

  /** {@return who is told of all requests} */
  List<RequestObserver> observers() {
    List<RequestObserver> observers = new ArrayList<>(List.of(monitoring.requests()));
    content.accessLog().ifPresent(observers::add);
    return observers;
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
