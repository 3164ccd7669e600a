package handspun.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.files.Location;
import handspun.image.Preprocessing;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.run.Engine;
import handspun.spark.Aggregation;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.train.EpochSummary;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.TrainedTeacher;
import handspun.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
  private static final Dataset DATA = MadeUpExamples.dataset(60, 40, 5, 6, 5, 1);

  private static final Map<String, Object> SPACE =
      Map.of(
          "layers",
          List.of("30,6,5", "30,12,5"),
          "rate",
          Map.of("from", 0.1, "to", 20, "scale", "log"),
          "momentum",
          List.of(0, 0.5),
          "schedule",
          "cosine",
          "epochs",
          9);

  private static final SearchPlan PLAN = plan(SPACE, 9, 3);

  @TempDir private Path runs;

  private static SearchPlan plan(Map<String, Object> space, int trials, int halving) {
    Map<String, String> plain =
        new TreeMap<>(new Plan(new Topology(30, 6, 5), 9, 10, 3f, 1, 1).texts());
    plain.remove(Hyperparameters.LANES.name());
    return new SearchPlan(SearchSpace.of(space, plain), trials, halving, 7);
  }

  private Location place(String name) {
    return Location.of(runs.resolve(name));
  }

  private static Engine spark(String master) {
    return Engine.spark(master, Aggregation.JOBS, Optional.empty());
  }

  private Searched search(SearchPlan plan, String name, Engine engine) {
    try (SearchFolder folder = SearchFolder.create(place(name))) {
      return new Search(plan, "bin/handspun tune", DATA, folder, engine, SearchObserver.NONE).run();
    }
  }

  /** What must not depend on where it was computed, by the name of its file. */
  private Map<String, String> files(String name) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String file : List.of("trials.csv", "trials.svg", "best.conf")) {
      files.put(file, Files.readString(runs.resolve(name).resolve(file)));
    }
    return files;
  }

  /** An undisturbed training of a plan by the oracle. */
  private static List<EpochSummary> epochs(Plan plan) {
    return new Trainer(plan, DATA, new SequentialTrainer(plan, DATA), List.of()).train().epochs();
  }

  @Test
  void eachTrialIsTrainedAsIfItHadGoneThroughAndTheBestOfEachRungGoOn() {
    Searched searched = search(PLAN, "mine", Engine.threads());
    assertThat(searched.trials()).hasSize(9);
    assertThat(searched.trials().stream().map(Standing::epochs))
        .containsExactly(9, 3, 3, 1, 1, 1, 1, 1, 1);
    for (Standing standing : searched.trials()) {
      EpochSummary last = epochs(standing.trial().plan()).get(standing.epochs() - 1);
      assertThat(standing.correct()).isEqualTo(last.validationCorrect());
      assertThat(standing.cost()).isCloseTo(last.cost(), within(1e-6));
      assertThat(standing.status()).isEqualTo(standing.epochs() == 9 ? "done" : "dropped");
    }
    List<Integer> first =
        searched.trials().stream()
            .map(standing -> epochs(standing.trial().plan()).get(0).validationCorrect())
            .toList();
    assertThat(first.subList(0, 3))
        .allMatch(best -> first.subList(3, 9).stream().allMatch(other -> best >= other));
    assertThat(runs.resolve("mine")).isDirectoryNotContaining("glob:**/states");
  }

  @Test
  void thePresetIsThePlanOfTheBest() throws IOException {
    Searched searched = search(PLAN, "mine", Engine.threads());
    Plan best = searched.best().orElseThrow().trial().plan();
    String preset = files("mine").get("best.conf");
    assertThat(preset)
        .startsWith("# The best of 9 trials: ")
        .contains("of 40 validation images correct after 9 epochs (trial ")
        .contains("\n# The search: bin/handspun tune\n")
        .contains("\n#   rate: 0.1 to 20 (log)\n");
    Map<String, Object> told =
        com.typesafe.config.ConfigFactory.parseString(preset).root().unwrapped();
    assertThat(SearchSpace.of(told, Map.of()).draw(1, 1, plan -> {}).get(0).plan()).isEqualTo(best);
    // Lanes follow from the rest, so that who changes the rest need not change them.
    assertThat(told).doesNotContainKey("lanes").containsEntry("schedule", "cosine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[1]", "local[3]"})
  void theSameComesOutOfSpark(String master) throws IOException {
    Map<String, Object> space = new TreeMap<>(SPACE);
    space.put("preprocess", List.of("none", "straighten"));
    SearchPlan straightening = plan(space, 9, 3);
    search(straightening, "threads", Engine.threads());
    search(straightening, "spark", spark(master));
    assertThat(files("spark")).isEqualTo(files("threads"));
  }

  /** Ends a search after some trials. */
  private record Plug(int trials, List<Integer> ended) implements SearchObserver {
    @Override
    public void trialEnded(SearchRun run, Standing trial) {
      ended.add(trial.trial().number());
      if (ended.size() == trials) {
        throw new HandspunException("Somebody has pulled the plug.");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9, 10, 12, 13})
  void aSearchThatIsStoppedGoesOnWithoutDoingAnythingTwice(int done) throws IOException {
    search(PLAN, "through", Engine.threads());
    List<Integer> ended = new ArrayList<>();
    try (SearchFolder folder = SearchFolder.create(place("mine"))) {
      Search search =
          new Search(
              PLAN, "bin/handspun tune", DATA, folder, Engine.threads(), new Plug(done, ended));
      assertThatThrownBy(search::run)
          .isInstanceOf(HandspunException.class)
          .hasMessage(
              "Somebody has pulled the plug. %d of 13 trainings are done and saved; go on with: bin/handspun tune --resume %s",
              done, place("mine"));
      assertThat(search.stopped()).startsWith("Stopped: %d of 13 ".formatted(done));
    }
    try (SearchFolder folder = SearchFolder.reopen(place("mine"))) {
      assertThat(folder.plan()).hasValue(PLAN);
      new Search(PLAN, "another", DATA, folder, Engine.threads(), new Plug(0, ended)).run();
    }
    assertThat(ended).hasSize(13);
    assertThat(files("mine")).isEqualTo(files("through"));
  }

  @Test
  void aSearchThatHasEndedGivesTheSameAgain() throws IOException {
    search(PLAN, "mine", Engine.threads());
    Map<String, String> before = files("mine");
    Files.delete(runs.resolve("mine/trials.csv"));
    try (SearchFolder folder = SearchFolder.reopen(place("mine"))) {
      new Search(PLAN, "x", DATA, folder, Engine.threads(), SearchObserver.NONE).run();
    }
    assertThat(files("mine")).isEqualTo(before);
  }

  @Test
  void otherDataAndAnotherPlanAreRefused() {
    search(PLAN, "mine", Engine.threads());
    try (SearchFolder folder = SearchFolder.reopen(place("mine"))) {
      Dataset other =
          new Dataset(DATA.training(), DATA.validation(), DATA.test(), "made up", Map.of("a", "b"));
      assertThatThrownBy(
              () ->
                  new Search(PLAN, "", other, folder, Engine.threads(), SearchObserver.NONE).run())
          .isInstanceOf(UsageException.class)
          .hasMessageContainingAll("The data in made up are not those", "a has the SHA-256 b now");
      SearchPlan longer = plan(SPACE, 10, 3);
      assertThatThrownBy(
              () ->
                  new Search(longer, "", DATA, folder, Engine.threads(), SearchObserver.NONE).run())
          .isInstanceOf(UsageException.class)
          .hasMessageContainingAll("has begun with", "trials=9", "trials=10");
    }
  }

  @Test
  void trialsThatFailAreResultsAndComeLast() throws IOException {
    SearchPlan plan =
        plan(
            Map.of(
                "layers",
                "30,12,5",
                "batch",
                1,
                "momentum",
                0.9,
                "rate",
                List.of(0.05, 0.1, 3e38f),
                "epochs",
                6,
                "seed",
                List.of(1, 2)),
            6,
            2);
    Searched searched = search(plan, "threads", Engine.threads());
    assertThat(searched.trials().stream().map(Standing::status).skip(4))
        .containsExactly("diverged", "diverged");
    assertThat(searched.best().orElseThrow().hasFailed()).isFalse();
    assertThat(files("threads").get("trials.csv").lines())
        .element(5)
        .asString()
        .matches("5,\\d,3.0E38,[12],\\d,,40,,,diverged");
  }

  @Test
  void aSearchInWhichAllFailHasNoBest() {
    SearchPlan plan =
        plan(Map.of("layers", "30,12,5", "rate", 30000, "epochs", 9, "seed", List.of(1, 2)), 2, 2);
    Searched searched = search(plan, "mine", Engine.threads());
    assertThat(searched.best()).isEmpty();
    assertThat(searched.trials()).extracting(Standing::status).containsOnly("stuck");
    assertThat(runs.resolve("mine"))
        .isDirectoryContaining("glob:**/trials.csv")
        .isDirectoryNotContaining("glob:**/best.conf");
  }

  @Test
  void randomSearchTrainsAllToTheEnd() {
    Searched searched = search(plan(SPACE, 4, 0), "mine", Engine.threads());
    assertThat(searched.trials()).extracting(Standing::epochs).containsOnly(9);
    assertThat(searched.trials()).extracting(Standing::status).containsOnly("done");
  }

  @Test
  void whateverIsRememberedGoesOnFromRungToRung() {
    Map<String, Object> space = new TreeMap<>(SPACE);
    space.put("rate", Map.of("from", 0.01, "to", 1, "scale", "log"));
    space.put("optimizer", List.of("sgd", "nesterov", "adam"));
    space.put("schedule", List.of("constant", "cosine", "plateau", "exponential"));
    space.put("rate-epochs", 1);
    space.put("cost", List.of("quadratic", "log-likelihood"));
    space.put("average", List.of(0, 2));
    space.put("dropout", List.of(0, 0.2));
    Searched searched = search(plan(space, 9, 3), "mine", Engine.threads());
    assertThat(searched.trials().stream().map(Standing::epochs))
        .containsExactly(9, 3, 3, 1, 1, 1, 1, 1, 1);
    for (Standing standing : searched.trials()) {
      EpochSummary last = epochs(standing.trial().plan()).get(standing.epochs() - 1);
      assertThat(standing.correct()).isEqualTo(last.validationCorrect());
    }
  }

  private static Model model(Network network) {
    Provenance unknown = new Provenance("", Map.of(), "", Map.of(), 0, Double.NaN, Double.NaN);
    return new Model(network, Optional.empty(), unknown);
  }

  @Test
  void aTeacherTeachesTrialsWhereverTheyAreTrained() throws IOException {
    Network teacher = Network.random(new Topology(30, 8, 5), Initializer.NORMAL, 5);
    Location model = place("teacher.handspun");
    ModelFile.write(model, model(teacher));
    Map<String, Object> space = new TreeMap<>(SPACE);
    Network assistant = Network.random(new Topology(30, 5), Initializer.NORMAL, 6);
    Location second = place("assistant.handspun");
    ModelFile.write(second, model(assistant));
    String both = model + "," + second;
    space.put("teacher", List.of(model.toString(), List.of(model.toString(), second.toString())));
    space.put("temperature", List.of(1, 2));
    SearchPlan taught = plan(space, 4, 2);
    Searched searched = search(taught, "threads", Engine.threads());
    int committees = 0;
    for (Standing standing : searched.trials()) {
      Plan plan = standing.trial().plan();
      boolean isCommittee = plan.get(Hyperparameters.TEACHER).equals(both);
      committees += isCommittee ? 1 : 0;
      Stream<Network> members = isCommittee ? Stream.of(teacher, assistant) : Stream.of(teacher);
      Dataset data =
          new Dataset(
              DATA.training()
                  .taughtBy(
                      new TrainedTeacher(
                          members
                              .map(one -> new TrainedTeacher.Member(one, Preprocessing.NONE))
                              .toList(),
                          plan.get(Hyperparameters.TEMPERATURE))),
              DATA.validation(),
              DATA.test(),
              "",
              Map.of());
      EpochSummary last =
          new Trainer(plan, data, new SequentialTrainer(plan, data), List.of())
              .train()
              .epochs()
              .get(standing.epochs() - 1);
      assertThat(standing.correct()).isEqualTo(last.validationCorrect());
      assertThat(standing.cost()).isCloseTo(last.cost(), within(1e-6));
    }
    assertThat(committees).isBetween(1, searched.trials().size() - 1);
    search(taught, "spark", spark("local[2]"));
    assertThat(files("spark")).isEqualTo(files("threads"));
    Network other = Network.random(new Topology(30, 8, 5), Initializer.NORMAL, 6);
    ModelFile.write(model, model(other));
    try (SearchFolder folder = SearchFolder.reopen(place("threads"))) {
      Search again = new Search(taught, "", DATA, folder, Engine.threads(), SearchObserver.NONE);
      assertThatThrownBy(again::run)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("teacher " + model + " has the SHA-256 " + other.sha256());
    }
  }

  @Test
  void plansOfFewEpochsAreNotTrainedTwiceToTheSameEpoch() {
    Map<String, Object> space = new TreeMap<>(SPACE);
    space.put("epochs", List.of(1, 2, 9));
    Searched searched = search(plan(space, 9, 3), "mine", Engine.threads());
    for (Standing standing : searched.trials()) {
      EpochSummary last = epochs(standing.trial().plan()).get(standing.epochs() - 1);
      assertThat(standing.correct()).isEqualTo(last.validationCorrect());
    }
  }

  @Test
  void patienceEndsATrialAndItsBestEpochCounts() {
    Map<String, Object> space = new TreeMap<>(SPACE);
    space.put("patience", 1);
    space.put("epochs", 27);
    Searched searched = search(plan(space, 9, 3), "mine", Engine.threads());
    Standing best = searched.best().orElseThrow();
    assertThat(best.epochs()).isLessThan(27);
    assertThat(best.correct())
        .isEqualTo(
            epochs(best.trial().plan()).stream()
                .mapToInt(EpochSummary::validationCorrect)
                .max()
                .orElseThrow());
  }

  @Test
  void refusesWhatCannotBeSearched() {
    try (SearchFolder folder = SearchFolder.create(place("mine"))) {
      SearchPlan nothing = plan(Map.of("layers", "30,12,5"), 2, 3);
      assertThatThrownBy(
              () -> new Search(nothing, "", DATA, folder, Engine.threads(), SearchObserver.NONE))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("Nothing varies in the space, but there are to be 2 trials");
      Dataset unjudged =
          new Dataset(
              DATA.training(), DATA.validation().slice(0, 0), DATA.test(), "made up", Map.of());
      assertThatThrownBy(
              () -> new Search(PLAN, "", unjudged, folder, Engine.threads(), SearchObserver.NONE))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("validation is 0");
    }
    assertThat(runs).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNoSearchIsNotResumed() throws IOException {
    assertThatThrownBy(() -> SearchFolder.reopen(place("none")))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("is not the folder of a search", "search.json");
    Files.createDirectory(runs.resolve("damaged"));
    for (String text : List.of("", "{", "[]", "{\"space\": 3}", "{\"space\": {}, \"trials\": 1}")) {
      Files.writeString(runs.resolve("damaged/search.json"), text);
      assertThatThrownBy(() -> SearchFolder.reopen(place("damaged")))
          .isInstanceOf(HandspunException.class)
          .hasMessageContainingAll("damaged/search.json is damaged", "begin the search anew");
    }
  }
}
