package handspun.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Handspun beside programs of other kinds: {@code bench train}. */
final class TrainBench {
  private final Project project;
  private final Machine machine;
  private final Options options;
  private final Consumer<String> progress;

  /**
   * What a benchmark is told.
   *
   * @param rounds how often everything is run, at least 1
   * @param cores the numbers of cores to compare, at least one
   * @param targets accuracies on the validation images, in percent
   * @param python the interpreter of the scripts
   * @param oracle how {@code java} is told to run the oracle; the plan's options follow
   */
  record Options(
      int rounds, List<Integer> cores, List<Double> targets, String python, List<String> oracle) {}

  /**
   * @param project whose programs are run
   * @param machine that they run on
   * @param options what to measure how
   * @param progress is told a line for every run
   */
  TrainBench(Project project, Machine machine, Options options, Consumer<String> progress) {
    this.project = project;
    this.machine = machine;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Measures. The two tables in the folder, train.csv and epochs.csv, are written anew after every
   * round.
   *
   * @param cases what is trained
   * @param out an existing folder for the tables, and for what the programs print
   * @return the tables for people
   * @throws handspun.HandspunException if not a single program could be measured, or a file not be
   *     written
   */
  String run(List<TrainCase> cases, Path out) {
    Rounds rounds = new Rounds(out, progress);
    List<List<Measured>> all = new ArrayList<>();
    for (TrainCase what : cases) {
      all.add(Rounds.nothingYet(what.workload(), contenders(what.programs())));
    }
    TrainTable table = new TrainTable(machine, options.targets());
    for (int round = 1; round <= options.rounds(); round++) {
      rounds.run(round, all, "train.csv", () -> table.csv(all));
    }
    rounds.requireAnything(all);
    return table.text(all);
  }

  private List<Contender> contenders(List<Program> programs) {
    List<Contender> contenders = new ArrayList<>();
    for (Program program : programs) {
      switch (program) {
        case HANDSPUN -> options.cores().forEach(cores -> contenders.add(handspun(cores)));
        case NUMPY -> contenders.add(numpy());
        case PYTORCH -> {
          options.cores().forEach(cores -> contenders.add(pytorch(cores, false)));
          if (machine.vectors() == Machine.Vectors.AVX512) {
            options.cores().forEach(cores -> contenders.add(pytorch(cores, true)));
          }
        }
        case MLLIB ->
            contenders.add(
                new MllibPerceptron(project, Collections.max(options.cores()), progress));
        case ORACLE ->
            contenders.add(
                new JavaProgram(program.toString(), "Oracle", 1, false, this::oracleArguments));
      }
    }
    return contenders;
  }

  private Contender handspun(int cores) {
    return HandspunTraining.local(
        project.launcher(), project.data(), cores, "exchange", OptionalInt.empty());
  }

  /**
   * A BLAS has threads of its own, of which PyTorch does not know unless it was built with it.
   *
   * @param also what else to tell
   */
  private Map<String, String> environment(int threads, Map<String, String> also) {
    Map<String, String> environment = new HashMap<>(machine.heldBack());
    environment.putAll(also);
    for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
      environment.put(name, String.valueOf(threads));
    }
    return environment;
  }

  /** Columns are too small for the threads of a BLAS: with one it is fastest. */
  private Contender numpy() {
    return new PythonProgram(
        Program.NUMPY.toString(),
        "NumPy",
        options.python(),
        project.script("nielsen.py"),
        project.data(),
        1,
        List.of(),
        environment(1, Map.of()));
  }

  /** OpenBLAS takes small kernels on some processors with AVX-512 unless it is told otherwise. */
  private Contender pytorch(int cores, boolean told) {
    return new PythonProgram(
        told ? "pytorch-skylakex" : Program.PYTORCH.toString(),
        told ? "PyTorch, SKYLAKEX" : "PyTorch",
        options.python(),
        project.script("torch_sgd.py"),
        project.data(),
        cores,
        List.of("--threads", String.valueOf(cores)),
        environment(cores, told ? Map.of("OPENBLAS_CORETYPE", "SKYLAKEX") : Map.of()));
  }

  private List<String> oracleArguments(Workload workload) {
    List<String> arguments = new ArrayList<>(options.oracle());
    arguments.addAll(workload.options());
    arguments.addAll(List.of("--lanes", String.valueOf(workload.plan().lanes())));
    arguments.addAll(List.of("--data", project.data().toString()));
    return arguments;
  }
}
