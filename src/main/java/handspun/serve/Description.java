package handspun.serve;

import handspun.JsonSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a program must know to ask at an address, beside what the endpoint itself tells: its methods
 * and its largest body. A route cannot be without one, and a name behind the question mark that is
 * not described is not read.
 *
 * @param summary what is answered
 * @param parameters that mean something here
 * @param bodies what may be posted
 * @param outcomes what may be answered, refusals of this address among them
 */
record Description(
    String summary, List<Parameter> parameters, List<Media> bodies, List<Outcome> outcomes) {
  /** What a body is, by its type; without a schema, it is no JSON. */
  record Media(String type, Optional<JsonSchema> schema) {
    static Media json(JsonSchema schema) {
      return new Media(JSON, Optional.of(schema));
    }

    static Media of(String type) {
      return new Media(type, Optional.empty());
    }
  }

  /**
   * What is answered with a status.
   *
   * @param bodies of each type that is answered; none if there is only the status
   * @param headers that are of use to a program
   */
  record Outcome(int status, String words, List<Media> bodies, List<Parameter> headers) {
    /** {@return a refusal or an error} */
    static Outcome error(int status, String words, JsonSchema schema) {
      return new Outcome(status, words, List.of(Media.json(schema)), List.of());
    }
  }

  private static final String JSON = "application/json";

  /** What is told in the place of an answer. */
  static final JsonSchema ERROR =
      JsonSchema.object()
          .with("error", JsonSchema.text().said("What is wrong, and what to do."))
          .named("Error");

  /** {@return the description of an address that is asked for nothing, and always answers JSON} */
  static Description of(String summary, JsonSchema answer) {
    return of(summary).gives(Media.json(answer));
  }

  /** {@return one to which is added what is answered} */
  static Description of(String summary) {
    return new Description(summary, List.of(), List.of(), List.of());
  }

  /** {@return the same where more may be asked} */
  Description asks(Parameter... more) {
    return new Description(summary, added(parameters, List.of(more)), bodies, outcomes);
  }

  /** {@return the same where JSON may be posted, too} */
  Description takes(JsonSchema schema) {
    return takes(List.of(Media.json(schema)));
  }

  /** {@return the same where bodies of other types may be posted, too} */
  Description takes(String... types) {
    return takes(Stream.of(types).map(Media::of).toList());
  }

  private Description takes(List<Media> more) {
    return new Description(summary, parameters, added(bodies, more), outcomes);
  }

  /** {@return the same that may answer something of another type than JSON} */
  Description gives(String type, Parameter... headers) {
    return gives(Media.of(type), headers);
  }

  private Description gives(Media body, Parameter... headers) {
    return gives(new Outcome(200, "What was asked for.", List.of(body), List.of(headers)));
  }

  /** {@return the same that may answer nothing but a status} */
  Description gives(int status, String words) {
    return gives(new Outcome(status, words, List.of(), List.of()));
  }

  /** {@return the same that may refuse} */
  Description refuses(int status, String words) {
    return refuses(status, words, ERROR);
  }

  /** {@return the same that may refuse with more than an error} */
  Description refuses(int status, String words, JsonSchema schema) {
    return gives(Outcome.error(status, words, schema));
  }

  private Description gives(Outcome outcome) {
    return new Description(summary, parameters, bodies, added(outcomes, List.of(outcome)));
  }

  private static <T> List<T> added(List<T> list, List<T> more) {
    return Stream.concat(list.stream(), more.stream()).toList();
  }
}
