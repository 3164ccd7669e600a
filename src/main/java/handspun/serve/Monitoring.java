package handspun.serve;

/**
 * How the server does.
 *
 * @param readiness whether requests should be sent here
 * @param requests how many there were
 * @param inferences how many images were read
 */
record Monitoring(Readiness readiness, RequestMetrics requests, InferenceStatistics inferences) {
  /** {@return that of a server that begins} */
  static Monitoring begin() {
    return new Monitoring(new Readiness(), new RequestMetrics(), new InferenceStatistics());
  }
}
