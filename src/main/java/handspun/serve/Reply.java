package handspun.serve;

/**
 * An answer to a request.
 *
 * @param status HTTP status
 * @param type media type of the body
 * @param body what to send; not copied
 */
record Reply(int status, String type, byte[] body) {
  private static final String JSON = "application/json";

  /**
   * @param fields of the object
   * @return status 200 with that object
   */
  static Reply json(Json.Fields fields) {
    return new Reply(200, JSON, Json.object(fields));
  }

  /**
   * @param status HTTP status
   * @param message one sentence that says what to do
   * @return the status with {@code {"error": message}}
   */
  static Reply error(int status, String message) {
    return new Reply(status, JSON, Json.object(json -> json.writeStringField("error", message)));
  }
}
