package handspun.inference;

import handspun.HandspunException;

/** A request that is not as the protocol has it, or asks for what the model does not have. */
public final class MalformedRequest extends HandspunException {
  private static final long serialVersionUID = 1L;

  /** One sentence for the sender: what was found and what was expected. */
  MalformedRequest(String message) {
    super(message);
  }
}
