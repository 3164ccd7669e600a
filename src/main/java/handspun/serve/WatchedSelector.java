package handspun.serve;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The system's selector, for channels that stand before the system's ones: it knows these alone.
 */
final class WatchedSelector extends AbstractSelector {
  private final Selector system;
  private final Set<SelectionKey> selected = new HashSet<>();

  WatchedSelector(AbstractSelector system) {
    super(system.provider());
    this.system = system;
  }

  /** A channel that stands before one of the system's. */
  interface Watched {
    /** {@return the system's} */
    SelectableChannel system();
  }

  /** Stands before the system's key, of which there is another one after each registration. */
  private static final class Key extends SelectionKey {
    private final AbstractSelectableChannel channel;
    private final WatchedSelector selector;
    private SelectionKey system;

    Key(AbstractSelectableChannel channel, WatchedSelector selector, int ops)
        throws ClosedChannelException {
      this.channel = channel;
      this.selector = selector;
      register(ops);
    }

    private void register(int ops) throws ClosedChannelException {
      system = ((Watched) channel).system().register(selector.system, ops, this);
    }

    @Override
    public SelectableChannel channel() {
      return channel;
    }

    @Override
    public Selector selector() {
      return selector;
    }

    @Override
    public boolean isValid() {
      return system.isValid();
    }

    @Override
    public void cancel() {
      system.cancel();
    }

    @Override
    public int interestOps() {
      return system.interestOps();
    }

    /** Also how a channel is registered again whose key was cancelled. */
    @Override
    public SelectionKey interestOps(int ops) {
      if (system.isValid()) {
        system.interestOps(ops);
      } else {
        try {
          register(ops);
        } catch (ClosedChannelException e) {
          throw new CancelledKeyException();
        }
      }
      return this;
    }

    @Override
    public int readyOps() {
      return system.readyOps();
    }
  }

  @Override
  protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
    try {
      Key key = new Key(channel, this, ops);
      key.attach(attachment);
      return key;
    } catch (ClosedChannelException e) {
      throw new CancelledKeyException();
    }
  }

  @Override
  public Set<SelectionKey> keys() {
    return system.keys().stream().map(WatchedSelector::key).collect(Collectors.toSet());
  }

  private static SelectionKey key(SelectionKey system) {
    return (SelectionKey) system.attachment();
  }

  @Override
  public Set<SelectionKey> selectedKeys() {
    return selected;
  }

  @Override
  public int selectNow() throws IOException {
    system.selectNow();
    return take();
  }

  @Override
  public int select(long timeout) throws IOException {
    system.select(timeout);
    return take();
  }

  @Override
  public int select() throws IOException {
    system.select();
    return take();
  }

  private int take() {
    Set<SelectionKey> ready = system.selectedKeys();
    int count = ready.size();
    ready.forEach(one -> selected.add(key(one)));
    ready.clear();
    return count;
  }

  @Override
  public Selector wakeup() {
    system.wakeup();
    return this;
  }

  @Override
  protected void implCloseSelector() throws IOException {
    system.close();
  }
}
