package handspun.cli;

import handspun.UsageException;
import handspun.network.Topology;
import handspun.train.Evaluation;
import java.util.List;
import java.util.Optional;

/**
 * A model, or several as a committee, and what they make of test images.
 *
 * @param members each alone, at least one
 * @param evaluation of the one, or of all together
 */
record TestedModels(List<TestedModel> members, Evaluation evaluation) {

  /**
   * @param members each tested on the same images, at least one
   * @return the one, or all together
   * @throws UsageException if they have not as many outputs
   */
  static TestedModels of(List<TestedModel> members) {
    TestedModel first = members.get(0);
    members.forEach(member -> requireAsManyOutputs(first, member));
    return new TestedModels(
        members,
        members.size() == 1
            ? first.evaluation()
            : Evaluation.ofCommittee(members.stream().map(TestedModel::evaluation).toList()));
  }

  private static void requireAsManyOutputs(TestedModel first, TestedModel other) {
    Topology wanted = first.model().network().topology();
    Topology found = other.model().network().topology();
    if (found.outputs() != wanted.outputs()) {
      throw new UsageException(
          "The model %s has %d outputs, but %s has %d, and those of a committee need as many: leave one of them out."
              .formatted(other.name(), found.outputs(), first.name(), wanted.outputs()));
    }
  }

  /** {@return whether there are several} */
  boolean isCommittee() {
    return members.size() > 1;
  }

  /** {@return the one; empty of a committee} */
  Optional<TestedModel> alone() {
    return isCommittee() ? Optional.empty() : Optional.of(members.get(0));
  }
}
