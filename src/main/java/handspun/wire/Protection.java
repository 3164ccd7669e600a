package handspun.wire;

/** How the frames of a job are protected on their way between executors. */
public enum Protection {
  /** A checksum: for networks whose users are trusted. */
  CHECKSUM(0, "plain text"),
  /** Encrypted and authenticated, frame by frame: {@link AesGcm}. */
  AES_GCM(1, "encrypted frames");

  private final int code;
  private final String label;

  Protection(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** As the handshake says it. */
  byte code() {
    return (byte) code;
  }

  /**
   * {@return what protects the frames of one direction}
   *
   * @param direction another for each
   * @param nonces of the handshake
   */
  FrameProtection of(Secret secret, String direction, byte[] nonces) {
    return switch (this) {
      case CHECKSUM -> new Crc32c();
      case AES_GCM -> new AesGcm(secret.key("handspun " + direction, nonces, AesGcm.KEY));
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
