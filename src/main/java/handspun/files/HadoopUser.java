package handspun.files;

import com.sun.security.auth.module.UnixSystem;
import handspun.HandspunException;
import org.apache.hadoop.security.UserGroupInformation;

/** Who runs this process, as Hadoop sees it; Spark asks Hadoop. */
public final class HadoopUser {
  /** What Java says of a user id that the machine has no entry for, as in a container. */
  private static final String UNKNOWN_NAME = "?";

  private HadoopUser() {}

  /**
   * Lets a user without a name be called by the number of the user id. Otherwise Hadoop, and Spark
   * with it, would not start. Must come before the first use of either.
   */
  public static void ensureName() {
    if (hasNoName()) {
      UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(number()));
    }
  }

  /** Refuses a user without a name, for processes that are not ours. */
  public static void requireName() {
    if (hasNoName()) {
      throw new HandspunException(
          "The user id %s has no name on this machine, which Spark's own processes need: give it an entry in /etc/passwd, or train without a cluster."
              .formatted(number()));
    }
  }

  private static boolean hasNoName() {
    return UNKNOWN_NAME.equals(System.getProperty("user.name"));
  }

  private static String number() {
    return String.valueOf(new UnixSystem().getUid());
  }
}
