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
    double clientCores) {}
