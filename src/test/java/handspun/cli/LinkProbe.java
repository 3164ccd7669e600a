package handspun.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * Measures a network, as two executors use it: both send, then both receive. Run with an address to
 * wait for the other at, or with an address, a port, a number of bytes and one of rounds.
 */
final class LinkProbe {
  private static final int WARM_UP = 20;

  private LinkProbe() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 1) {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(arguments[0]))) {
        System.out.println("port " + server.getLocalPort() + " of " + arguments[0]);
        while (true) {
          try (Socket socket = server.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            exchange(socket, in.readInt(), in.readInt());
          }
        }
      }
    }
    int bytes = Integer.parseInt(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    try (Socket socket = new Socket(arguments[0], Integer.parseInt(arguments[1]))) {
      ByteBuffer sizes = ByteBuffer.allocate(8).putInt(bytes).putInt(rounds);
      socket.getOutputStream().write(sizes.array());
      System.out.println("microseconds " + exchange(socket, bytes, rounds));
    }
  }

  /** Microseconds a round. */
  private static double exchange(Socket socket, int bytes, int rounds) throws IOException {
    socket.setTcpNoDelay(true);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] data = new byte[bytes];
    long start = 0;
    for (int i = 0; i < WARM_UP + rounds; i++) {
      if (i == WARM_UP) {
        start = System.nanoTime();
      }
      socket.getOutputStream().write(data);
      in.readFully(data);
    }
    return (System.nanoTime() - start) / 1e3 / rounds;
  }
}
