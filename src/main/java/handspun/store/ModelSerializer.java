package handspun.store;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import handspun.network.Network;
import handspun.train.Acceptance;
import handspun.train.Plan;
import java.util.Map;
import java.util.Optional;

/**
 * The payload of a model file of format 4, of the parts that {@link PayloadSerializer} tells. In
 * this order:
 *
 * <ol>
 *   <li>the network
 *   <li>one byte: 1 if a plan follows, otherwise 0
 *   <li>the plan
 *   <li>the provenance: data, text; data's sums, map; created, text; versions, map; epochs, varint;
 *       validation accuracy, double; test accuracy, double
 *   <li>one byte: 1 if an acceptance follows, otherwise 0
 *   <li>the acceptance: least score, float; least margin, float
 * </ol>
 *
 * <p>Formats 1 to 3 ended with the provenance. Formats 1 and 2 had the plan by position; format 1
 * had no local steps, and its plans made one.
 */
final class ModelSerializer extends PayloadSerializer<Model> {
  private static final int FIRST_WITH_LOCAL_STEPS = 2;
  private static final int FIRST_WITH_NAMES = 3;
  private static final int FIRST_WITH_ACCEPTANCE = 4;

  private final int format;

  /**
   * @param length bytes of the payload that is to be read
   * @param format that it has
   */
  ModelSerializer(long length, int format) {
    super(Model.class, length);
    this.format = format;
  }

  @Override
  public void write(Kryo kryo, Output output, Model model) {
    write(output, model.network());
    output.writeBoolean(model.plan().isPresent());
    model.plan().ifPresent(plan -> write(output, plan, model.network().topology()));
    write(output, model.provenance());
    output.writeBoolean(model.acceptance().isPresent());
    model.acceptance().ifPresent(acceptance -> write(output, acceptance));
  }

  private static void write(Output output, Acceptance acceptance) {
    output.writeFloat(acceptance.leastScore());
    output.writeFloat(acceptance.leastMargin());
  }

  private static void write(Output output, Provenance provenance) {
    write(output, provenance.data());
    write(output, provenance.dataSha256());
    write(output, provenance.created());
    write(output, provenance.versions());
    output.writeVarInt(provenance.epochs(), true);
    output.writeDouble(provenance.validationAccuracy());
    output.writeDouble(provenance.testAccuracy());
  }

  @Override
  Model read(Input input) {
    Network network = readNetwork(input);
    Optional<Plan> plan =
        readFlag(input, "a plan") ? Optional.of(readPlan(input, network)) : Optional.empty();
    Provenance provenance = readProvenance(input);
    Optional<Acceptance> acceptance =
        format >= FIRST_WITH_ACCEPTANCE && readFlag(input, "an acceptance")
            ? Optional.of(readAcceptance(input))
            : Optional.empty();
    return new Model(network.with(Model.units(plan)), plan, provenance, acceptance);
  }

  private Plan readPlan(Input input, Network network) {
    return format >= FIRST_WITH_NAMES
        ? readPlan(input, network.topology())
        : readPlanByPosition(input, network.topology(), format >= FIRST_WITH_LOCAL_STEPS);
  }

  private static boolean readFlag(Input input, String what) {
    int flag = input.readByte();
    if (flag != 0 && flag != 1) {
      throw new DamagedPayloadException(
          "where 0 or 1 must tell of %s, it has %d".formatted(what, flag));
    }
    return flag == 1;
  }

  private Provenance readProvenance(Input input) {
    String data = readText(input);
    Map<String, String> sums = readMap(input);
    String created = readText(input);
    Map<String, String> versions = readMap(input);
    int epochs = input.readVarInt(true);
    if (epochs < 0) {
      throw new DamagedPayloadException("it was trained for " + epochs + " epochs");
    }
    return new Provenance(
        data, sums, created, versions, epochs, readAccuracy(input), readAccuracy(input));
  }

  private static double readAccuracy(Input input) {
    double accuracy = input.readDouble();
    if (accuracy < 0 || accuracy > 1) {
      throw new DamagedPayloadException("it has an accuracy of " + accuracy + ", not 0 to 1");
    }
    return accuracy;
  }

  private static Acceptance readAcceptance(Input input) {
    return new Acceptance(readLeast(input, "score"), readLeast(input, "margin"));
  }

  private static float readLeast(Input input, String what) {
    float least = input.readFloat();
    if (!Acceptance.isPossible(least)) {
      throw new DamagedPayloadException(
          "its answers need a %s of at least %s, not 0 to 1".formatted(what, least));
    }
    return least;
  }
}
