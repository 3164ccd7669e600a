package handspun.serve;

import handspun.JsonSchema;

/**
 * What a request may say beside its body.
 *
 * @param in where: {@code path}, {@code query} or {@code header}
 * @param schema of its value
 * @param words what it means
 */
record Parameter(String in, String name, JsonSchema schema, String words) {
  /** The field {@code in} of those that follow the question mark. */
  static final String QUERY = "query";

  /** {@return one that stands for a part of the path, always there} */
  static Parameter path(String name, String words) {
    return new Parameter("path", name, JsonSchema.text(), words);
  }

  /** {@return a text that may follow the question mark} */
  static Parameter text(String name, String words) {
    return new Parameter(QUERY, name, JsonSchema.text(), words);
  }

  /** {@return a whole number from 0 on that may follow the question mark} */
  static Parameter number(String name, String words) {
    return new Parameter(QUERY, name, JsonSchema.whole().from(0, Query.MOST_NUMBER), words);
  }

  /** {@return one that may be a header} */
  static Parameter header(String name, JsonSchema schema, String words) {
    return new Parameter("header", name, schema, words);
  }

  boolean isPath() {
    return in.equals("path");
  }
}
