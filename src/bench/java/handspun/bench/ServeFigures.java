package handspun.bench;

/**
 * What one server showed under one load in one round.
 *
 * @param rate answers a second
 * @param p50 milliseconds within which half of the answers came
 * @param p99 within which 99 % came
 * @param p999 within which 99.9 % came
 * @param cpuSeconds of the server, for a request
 * @param allocated bytes by the server, for a request
 * @param clientCores how many cores the client took
 */
record ServeFigures(
    double rate,
    double p50,
    double p99,
    double p999,
    double cpuSeconds,
    double allocated,
    double clientCores) {

  /**
   * @param seen by the client
   * @param before what the server had used before
   * @param after what it had used afterwards
   * @param clientSeconds of processors that the client used meanwhile
   */
  static ServeFigures of(
      LoadResult seen,
      ServerProcess.Usage before,
      ServerProcess.Usage after,
      double clientSeconds) {
    double requests = seen.requests();
    return new ServeFigures(
        seen.rate(),
        seen.millis(50),
        seen.millis(99),
        seen.millis(99.9),
        (after.cpuSeconds() - before.cpuSeconds()) / requests,
        after.allocatedSince(before) / requests,
        clientSeconds / seen.seconds());
  }
}
