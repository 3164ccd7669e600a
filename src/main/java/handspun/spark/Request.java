package handspun.spark;

import handspun.wire.Peer;
import java.io.Serializable;

/** What a task asks its job's {@link DriverRendezvous} from another process. */
sealed interface Request extends Serializable {

  /** The driver's answer, without waiting. */
  Serializable answer(DriverRendezvous rendezvous);

  /** See {@link DriverRendezvous#join}. */
  record Join(Peer self, int executors) implements Request {
    private static final long serialVersionUID = 1L;

    @Override
    public Serializable answer(DriverRendezvous rendezvous) {
      var peers = rendezvous.join(self, executors);
      return peers == null ? null : peers.toArray(Peer[]::new);
    }
  }

  /** See {@link Rendezvous#arrive}. */
  record Arrive() implements Request {
    private static final long serialVersionUID = 1L;

    @Override
    public Serializable answer(DriverRendezvous rendezvous) {
      rendezvous.arrive();
      return null;
    }
  }

  /** See {@link DriverRendezvous#ready}. */
  record Ready(int tasks) implements Request {
    private static final long serialVersionUID = 1L;

    @Override
    public Serializable answer(DriverRendezvous rendezvous) {
      rendezvous.ready(tasks);
      return null;
    }
  }

  /** See {@link DriverRendezvous#poll}. */
  record Next(int done) implements Request {
    private static final long serialVersionUID = 1L;

    @Override
    public Serializable answer(DriverRendezvous rendezvous) {
      return rendezvous.poll(done);
    }
  }

  /** See {@link Rendezvous#report}. */
  record Report(EpochPart part) implements Request {
    private static final long serialVersionUID = 1L;

    @Override
    public Serializable answer(DriverRendezvous rendezvous) {
      rendezvous.report(part);
      return null;
    }
  }

  /** See {@link Rendezvous#fault}. */
  record Fault(String message, boolean hopeless) implements Request {
    private static final long serialVersionUID = 1L;

    @Override
    public Serializable answer(DriverRendezvous rendezvous) {
      rendezvous.fault(message, hopeless);
      return null;
    }
  }

  /** See {@link DriverRendezvous#pulse}. */
  record Beat(Pulse pulse) implements Request {
    private static final long serialVersionUID = 1L;

    @Override
    public Serializable answer(DriverRendezvous rendezvous) {
      rendezvous.pulse(pulse);
      return null;
    }
  }
}
