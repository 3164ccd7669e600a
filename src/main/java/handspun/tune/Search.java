package handspun.tune;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.TrainingData;
import handspun.math.FusedMultiplyAdd;
import handspun.parallel.PartialTraining;
import handspun.parallel.PartialTraining.Outcome;
import handspun.parallel.TrainingPool;
import handspun.run.Engine;
import handspun.run.Resumption;
import handspun.store.Runs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * One search, from its space to its files: trials are drawn, trained side by side, and judged by
 * the validation examples; the best ones go on. The test examples are never asked for.
 *
 * <p>Same plan and data, same result: it does not depend on where or how many trials are computed
 * at a time, nor on whether the search was stopped and went on.
 */
public final class Search {
  private final SearchPlan plan;
  private final String command;
  private final TrainingData data;
  private final SearchFolder folder;
  private final Engine engine;
  private final SearchObserver observer;
  private final List<Trial> trials;
  private final int epochs;
  private final Halving halving;
  private final Teachers teachers = new Teachers();

  /**
   * @param command what asked for it, for people
   * @param data what is learned
   * @param folder where to; that of a search that goes on must have the same plan
   * @throws UsageException if these do not go together
   */
  public Search(
      SearchPlan plan,
      String command,
      TrainingData data,
      SearchFolder folder,
      Engine engine,
      SearchObserver observer) {
    if (data.validation().count() == 0) {
      throw new UsageException(
          "validation is 0, but trials are compared by validation examples: set some aside with --validation.");
    }
    if (plan.trials() > 1 && plan.space().varying().isEmpty()) {
      throw new UsageException(
          "Nothing varies in the space, but there are to be %d trials: give a hyperparameter choices or a range."
              .formatted(plan.trials()));
    }
    trials =
        plan.space()
            .draw(
                plan.trials(),
                plan.seed(),
                one -> {
                  one.requireFits(data);
                  teachers.of(one);
                });
    epochs = trials.stream().mapToInt(trial -> trial.plan().epochs()).max().orElse(0);
    halving = Halving.of(plan.halving(), plan.trials(), epochs);
    engine.check(trials.get(0).plan(), OptionalInt.of(1));
    this.plan = plan;
    this.command = command;
    this.data = data;
    this.folder = folder;
    this.engine = engine;
    this.observer = observer;
  }

  /**
   * Searches, to the end, once.
   *
   * @return what came of it
   * @throws HandspunException if it could not be brought to an end; says what is saved
   */
  public Searched run() {
    FusedMultiplyAdd.warning().ifPresent(observer::warned);
    SearchRun run;
    try (Engine.Session session = engine.start(observer::warned)) {
      TrainingData identified = session.withSums(data);
      int done = begin(identified);
      TrainingPool pool = session.pool(identified, plan.trials());
      run =
          new SearchRun(
              plan,
              halving,
              epochs,
              identified,
              session.description(),
              pool.atATime(),
              folder.location(),
              done);
      observer.began(run);
      runRungs(run, pool);
    } catch (RuntimeException e) {
      throw failed(e);
    }
    folder.keepStates(List.of());
    Searched searched = new Searched(run, standings());
    SearchFiles.write(searched, folder.record().orElseThrow().command())
        .ifPresent(observer::warned);
    return searched;
  }

  /** {@return how much is done already} */
  private int begin(TrainingData identified) {
    Map<String, String> sums = new HashMap<>(identified.sha256());
    sums.putAll(teachers.sha256());
    Optional<SearchRecord> before = folder.record();
    if (before.isEmpty()) {
      folder.save(SearchRecord.of(plan, command, identified, sums));
      return 0;
    }
    SearchRecord record = before.get();
    if (!record.plan().equals(plan) || record.validation() != identified.validation().count()) {
      throw new UsageException(
          "The search %s has begun with %s and %d validation examples, which must stay; they are %s and %d now: begin a new search."
              .formatted(
                  folder.location(),
                  record.plan(),
                  record.validation(),
                  plan,
                  identified.validation().count()));
    }
    Resumption.requireSame(
        folder.location(), record.data(), record.dataSha256(), identified.location(), sums);
    return record.results().size();
  }

  private void runRungs(SearchRun run, TrainingPool pool) {
    List<Trial> inRung = trials;
    for (int rung = 0; rung < halving.rungs() && !inRung.isEmpty(); rung++) {
      observer.rungBegan(run, rung, inRung.size());
      folder.keepStates(inRung);
      runRung(run, pool, rung, inRung);
      inRung = rung + 1 < halving.rungs() ? best(rung, halving.trialsIn(rung + 1)) : List.of();
    }
  }

  private void runRung(SearchRun run, TrainingPool pool, int rung, List<Trial> inRung) {
    Map<Integer, TrialResult> known = results(rung);
    Map<Integer, TrialResult> before = rung == 0 ? Map.of() : results(rung - 1);
    Map<String, Trial> running = new HashMap<>();
    List<PartialTraining> trainings = new ArrayList<>();
    for (Trial trial : inRung) {
      if (!known.containsKey(trial.number())) {
        TrialResult last = before.get(trial.number());
        int epoch = halving.epochsIn(rung, trial.plan().epochs());
        if (last != null && epoch == halving.epochsIn(rung - 1, trial.plan().epochs())) {
          // Few epochs: there is nothing to train from one rung to the next.
          ended(run, trial, last.inRung(rung));
        } else {
          PartialTraining training =
              new PartialTraining(
                  "trial %d to epoch %d".formatted(trial.number(), epoch),
                  trial.plan(),
                  teachers.of(trial.plan()),
                  last == null ? () -> new byte[0] : () -> folder.state(trial),
                  epoch);
          trainings.add(training);
          running.put(training.name(), trial);
        }
      }
    }
    pool.run(
        trainings, (training, outcome) -> ended(run, running.get(training.name()), rung, outcome));
  }

  private void ended(SearchRun run, Trial trial, int rung, Outcome outcome) {
    // The state first: a result without it could not be gone on from.
    if (outcome.checkpoint().length > 0) {
      folder.saveState(trial, outcome.checkpoint());
    }
    ended(
        run,
        trial,
        new TrialResult(
            trial.number(),
            rung,
            outcome.epochs(),
            outcome.validationCorrect(),
            outcome.cost(),
            outcome.failure(),
            outcome.seconds()));
  }

  private void ended(SearchRun run, Trial trial, TrialResult result) {
    folder.save(folder.record().orElseThrow().with(result));
    observer.trialEnded(run, new Standing(trial, result, false));
  }

  /** The results of a rung, by trial. */
  private Map<Integer, TrialResult> results(int rung) {
    Map<Integer, TrialResult> results = new HashMap<>();
    for (TrialResult result : folder.record().orElseThrow().results()) {
      if (result.rung() == rung) {
        results.put(result.trial(), result);
      }
    }
    return results;
  }

  /**
   * The best of a rung, as far as there are any that have not failed, in order of their numbers.
   */
  private List<Trial> best(int rung, int count) {
    Map<Integer, TrialResult> results = results(rung);
    return trials.stream()
        .filter(trial -> results.containsKey(trial.number()))
        .map(trial -> new Standing(trial, results.get(trial.number()), false))
        .filter(standing -> !standing.hasFailed())
        .sorted(Standing.BEST_FIRST)
        .limit(count)
        .map(Standing::trial)
        .sorted(Comparator.comparing(Trial::number))
        .toList();
  }

  private List<Standing> standings() {
    Map<Integer, TrialResult> last = new HashMap<>();
    for (int rung = 0; rung < halving.rungs(); rung++) {
      last.putAll(results(rung));
    }
    return trials.stream()
        .map(trial -> standing(trial, last.get(trial.number())))
        .sorted(Standing.BEST_FIRST)
        .toList();
  }

  private Standing standing(Trial trial, TrialResult last) {
    return new Standing(trial, last, !last.hasFailed() && last.rung() + 1 < halving.rungs());
  }

  /** The same failure, with what is not lost. */
  private RuntimeException failed(RuntimeException e) {
    if (!(e instanceof HandspunException) || e instanceof UsageException) {
      return e;
    }
    return wayOn()
        .<RuntimeException>map(way -> new HandspunException(e.getMessage() + " " + way, e))
        .orElse(e);
  }

  /** {@return how to go on from what is saved; empty if nothing is} */
  public Optional<String> wayOn() {
    int all = IntStream.range(0, halving.rungs()).map(halving::trialsIn).sum();
    return folder
        .record()
        .map(
            record ->
                "%d of %d trainings are done and saved; go on with: bin/handspun tune --resume %s"
                    .formatted(record.results().size(), all, folder.location()));
  }

  /**
   * May be called by any thread, where the search is to be ended with the process.
   *
   * @return what is saved, in a sentence
   */
  public String stopped() {
    Optional<String> wayOn = wayOn();
    if (wayOn.isEmpty()) {
      Runs.discardIfEmpty(folder.location());
    }
    return wayOn.map(way -> "Stopped: " + way).orElse("Stopped before the search began.");
  }
}
