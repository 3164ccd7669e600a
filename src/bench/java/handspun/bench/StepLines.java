package handspun.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.HandspunException;
import handspun.bench.Measurement.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * What the measured programs print: a line of JSON after every step, {@code
 * {"epoch":1,"trainSeconds":2.1,"evaluationSeconds":0.1,"accuracy":0.88}}, where {@code
 * evaluationSeconds} may be missing; and one in the end, {@code {"version":"NumPy
 * 2.4","peakKilobytes":470000,"parametersSha256":"..."}}, of which only the version must be there.
 */
final class StepLines {
  private static final double KILOBYTES = 1024;

  private StepLines() {}

  /**
   * @param ended a program that succeeded
   * @param wholeFits whether its steps are whole fits
   * @return what it showed
   * @throws HandspunException if it printed something else
   */
  static Measurement parse(Child.Ended ended, boolean wholeFits) {
    List<Step> steps = new ArrayList<>();
    JsonNode end = null;
    for (String line : ended.lines()) {
      JsonNode json = object(line);
      if (json.has("epoch")) {
        steps.add(
            new Step(
                (int) number(json, "epoch", line),
                number(json, "trainSeconds", line),
                json.path("evaluationSeconds").asDouble(Double.NaN),
                number(json, "accuracy", line)));
      } else {
        end = json;
      }
    }
    if (steps.isEmpty() || end == null || !end.has("version")) {
      throw new HandspunException(
          "it printed "
              + steps.size()
              + " epochs and "
              + (end == null ? "no last line" : "the last line " + end)
              + ", but must print at least one epoch and in the end its version");
    }
    long peak =
        ended.peakKilobytes() > 0 ? ended.peakKilobytes() : end.path("peakKilobytes").asLong(0);
    return new Measurement(
        steps,
        wholeFits,
        megabytes(peak),
        end.path("version").asText(),
        end.path("parametersSha256").asText(),
        0);
  }

  static double megabytes(long kilobytes) {
    return kilobytes == 0 ? Double.NaN : kilobytes / KILOBYTES;
  }

  /**
   * @param line that a program printed
   * @return the JSON object that it is
   * @throws HandspunException if it is none
   */
  static JsonNode object(String line) {
    JsonNode json = null;
    try {
      json = new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      // Said below, as for a line with a number alone.
    }
    if (json == null || !json.isObject()) {
      throw new HandspunException("it printed a line that is no JSON object: " + line);
    }
    return json;
  }

  /**
   * @param json an object
   * @param name of a field
   * @param line where the object comes from
   * @return the field's number
   * @throws HandspunException if there is no number of that name
   */
  static double number(JsonNode json, String name, String line) {
    if (!json.path(name).isNumber()) {
      throw new HandspunException("it printed a line without the number " + name + ": " + line);
    }
    return json.get(name).doubleValue();
  }
}
