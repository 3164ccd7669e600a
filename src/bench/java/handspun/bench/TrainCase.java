package handspun.bench;

import static handspun.bench.Program.HANDSPUN;
import static handspun.bench.Program.NUMPY;
import static handspun.bench.Program.PYTORCH;

import handspun.UsageException;
import handspun.network.Topology;
import handspun.train.Lanes;
import handspun.train.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network to be trained, and by which programs.
 *
 * @param workload the network and how it is trained
 * @param programs that train it
 */
record TrainCase(Workload workload, List<Program> programs) {
  private static final String ALL = "all";

  /** All cases that have a name; slow programs are left out where an epoch would take minutes. */
  private static final List<TrainCase> NAMED =
      List.of(
          named("narrow", "784,16,16,10", 10, 30, Program.values()),
          named("hundred", "784,100,10", 10, 10, HANDSPUN, NUMPY, PYTORCH),
          named("deep", "784,512,512,10", 128, 7, HANDSPUN, PYTORCH),
          named("wide800", "784,800,10", 128, 7, HANDSPUN, PYTORCH));

  private static TrainCase named(
      String name, String layers, int miniBatch, int epochs, Program... programs) {
    Topology topology = Topology.parse(layers);
    Plan plan =
        new Plan(topology, epochs, miniBatch, 3f, 1, Lanes.defaultFor(topology, miniBatch, 1));
    return new TrainCase(new Workload(name, plan), List.of(programs));
  }

  /**
   * @param names as typed: of cases, or {@code all}
   * @return the cases
   * @throws UsageException if there is none of one of the names
   */
  static List<TrainCase> named(List<String> names) {
    List<TrainCase> cases = new ArrayList<>();
    for (String name : names) {
      List<TrainCase> found =
          NAMED.stream().filter(c -> name.equals(ALL) || name.equals(c.workload.name())).toList();
      if (found.isEmpty()) {
        throw new UsageException(
            "There is no case " + name + " to measure: name some of " + allNames() + ".");
      }
      cases.addAll(found);
    }
    return cases.stream().distinct().toList();
  }

  private static String allNames() {
    return NAMED.stream().map(c -> c.workload.name()).collect(Collectors.joining(", "))
        + ", or "
        + ALL;
  }

  /**
   * @param layers instead of this case's, with the same first and last: MNIST's
   * @return the changed case
   * @throws UsageException if they are no network for MNIST
   */
  TrainCase withLayers(String layers) {
    Topology topology = Topology.parse(layers);
    Topology own = workload.plan().topology();
    if (topology.inputs() != own.inputs() || topology.outputs() != own.outputs()) {
      throw new UsageException(
          "layers is "
              + layers
              + ", but benchmarks train on MNIST: begin with "
              + own.inputs()
              + " and end with "
              + own.outputs()
              + ".");
    }
    return with(topology, workload.plan().miniBatch(), workload.plan().learningRate());
  }

  /**
   * @param miniBatch instead of this case's
   * @return the changed case
   * @throws UsageException if it is impossible
   */
  TrainCase withMiniBatch(int miniBatch) {
    return with(workload.plan().topology(), miniBatch, workload.plan().learningRate());
  }

  /**
   * @param rate instead of this case's learning rate
   * @return the changed case
   * @throws UsageException if it is impossible
   */
  TrainCase withRate(float rate) {
    return with(workload.plan().topology(), workload.plan().miniBatch(), rate);
  }

  /**
   * @param programs instead of this case's
   * @return the changed case
   */
  TrainCase withPrograms(List<Program> programs) {
    return new TrainCase(workload, List.copyOf(programs));
  }

  /**
   * @param epochs instead of this case's
   * @return the changed case
   * @throws UsageException if they are fewer than 1
   */
  TrainCase withEpochs(int epochs) {
    return new TrainCase(workload.withEpochs(epochs), programs);
  }

  private TrainCase with(Topology topology, int miniBatch, float rate) {
    Plan plan =
        new Plan(
            topology,
            workload.plan().epochs(),
            miniBatch,
            rate,
            workload.plan().seed(),
            Lanes.defaultFor(topology, miniBatch, 1));
    return new TrainCase(new Workload("own", plan), programs);
  }
}
