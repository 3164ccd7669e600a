package handspun.tune;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import handspun.HandspunException;
import handspun.data.DataSources;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.store.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code search.json}: all that a search needs to go on.
 *
 * @param plan what was asked for
 * @param command with which it was, for people
 * @param data the data's folder or file, absolute
 * @param validation how many examples validate
 * @param dataSha256 SHA-256 of every data file by its plain name, and of teachers
 * @param results what is known, in the order in which it came
 */
record SearchRecord(
    SearchPlan plan,
    String command,
    String data,
    int validation,
    Map<String, String> dataSha256,
    List<TrialResult> results) {
  /** The file's name in a search's folder. */
  static final String NAME = "search.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Makes the lists unchangeable. */
  SearchRecord {
    dataSha256 = Map.copyOf(dataSha256);
    results = List.copyOf(results);
  }

  /** A search that begins. */
  static SearchRecord of(
      SearchPlan plan, String command, TrainingData data, Map<String, String> sums) {
    return new SearchRecord(
        plan,
        command,
        DataSources.absolute(data.location()),
        data.validation().count(),
        sums,
        List.of());
  }

  /** The same with one more result. */
  SearchRecord with(TrialResult result) {
    List<TrialResult> more = new ArrayList<>(results);
    more.add(result);
    return new SearchRecord(plan, command, data, validation, dataSha256, more);
  }

  /** Writes it into a search's folder, in one step. */
  void write(Location folder) {
    ObjectNode json = JSON.createObjectNode();
    json.put("command", command);
    json.put("trials", plan.trials());
    json.put("halving", plan.halving());
    json.put("seed", plan.seed());
    json.set("space", JSON.valueToTree(plan.space().told()));
    json.put("data", data);
    json.put("validation", validation);
    json.set("dataSha256", JSON.valueToTree(new TreeMap<>(dataSha256)));
    ArrayNode all = json.putArray("results");
    for (TrialResult result : results) {
      ObjectNode one = all.addObject();
      one.put("trial", result.trial());
      one.put("rung", result.rung());
      one.put("epochs", result.epochs());
      one.put("correct", result.correct());
      if (Double.isNaN(result.cost())) {
        one.putNull("cost");
      } else {
        one.put("cost", result.cost());
      }
      one.put("failure", result.failure());
      one.put("seconds", result.seconds());
    }
    AtomicFile.write(
        folder.resolve(NAME),
        out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json)));
  }

  /**
   * Reads it.
   *
   * @throws HandspunException if the folder has none, or it is damaged
   */
  static SearchRecord read(Location folder) {
    Location file = folder.resolve(NAME);
    try {
      if (!folder.isFolder() || !AtomicFile.exists(file)) {
        throw new HandspunException(
            "%s is not the folder of a search, which has a file %s: name one after --resume, or leave --resume out."
                .formatted(folder, NAME));
      }
      try (InputStream in = file.open()) {
        return parse(JSON.readTree(in));
      }
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new HandspunException(
          "%s is damaged (%s): begin the search anew.".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw HandspunException.couldNot("read the search " + file, e);
    }
  }

  private static SearchRecord parse(JsonNode json) {
    Map<String, Object> space =
        JSON.convertValue(json.required("space"), new TypeReference<Map<String, Object>>() {});
    SearchPlan plan =
        new SearchPlan(
            SearchSpace.of(space, Map.of()),
            json.required("trials").intValue(),
            json.required("halving").intValue(),
            json.required("seed").longValue());
    List<TrialResult> results = new ArrayList<>();
    for (JsonNode one : json.required("results")) {
      JsonNode cost = one.required("cost");
      results.add(
          new TrialResult(
              one.required("trial").intValue(),
              one.required("rung").intValue(),
              one.required("epochs").intValue(),
              one.required("correct").intValue(),
              cost.isNull() ? Double.NaN : cost.doubleValue(),
              one.required("failure").textValue(),
              one.required("seconds").doubleValue()));
    }
    return new SearchRecord(
        plan,
        json.required("command").textValue(),
        json.required("data").textValue(),
        json.required("validation").intValue(),
        JSON.convertValue(json.required("dataSha256"), new TypeReference<Map<String, String>>() {}),
        results);
  }
}
