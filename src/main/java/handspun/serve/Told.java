package handspun.serve;

import java.util.Map;

/**
 * What clients are told of this machine: paths and versions are of use to those who attack it.
 *
 * @param isAll whether they are told
 * @param isSecret whether that is only for who knows the token
 */
record Told(boolean isAll, boolean isSecret) {
  static Told by(Access access) {
    return new Told(access.tells(), access.token().isPresent());
  }

  /** {@return a path for those who may talk to the server; null if they are not told} */
  String of(String path) {
    return isAll ? path : null;
  }

  /** {@return versions for those who may talk to the server; none if they are not told} */
  Map<String, String> of(Map<String, String> versions) {
    return isAll ? versions : Map.of();
  }

  /** {@return a path for those as well who know no token} */
  String toAll(String path) {
    return isSecret ? null : of(path);
  }
}
