package io.bodybroker.sdk.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets that check that the server's certificate is for the host that was asked for. Neither
 * jnats nor a plain {@link SSLSocketFactory} does that: they take any certificate that somebody
 * they trust has issued to anybody.
 */
final class CheckedSockets extends SSLSocketFactory {
  /** RFC 2818: the name or address must be among the certificate's alternative names. */
  private static final String BY_HOST = "HTTPS";

  private final Supplier<SSLSocketFactory> factories;

  /**
   * @param factories gives one for each socket
   */
  CheckedSockets(Supplier<SSLSocketFactory> factories) {
    this.factories = factories;
  }

  private static Socket checked(Socket socket) {
    var secure = (SSLSocket) socket;
    var parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(BY_HOST);
    secure.setSSLParameters(parameters);
    return secure;
  }

  @Override
  public Socket createSocket(Socket over, String host, int port, boolean autoClose)
      throws IOException {
    return checked(factories.get().createSocket(over, host, port, autoClose));
  }

  @Override
  public Socket createSocket() throws IOException {
    return checked(factories.get().createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return checked(factories.get().createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return checked(factories.get().createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return checked(factories.get().createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return checked(factories.get().createSocket(host, port, local, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factories.get().getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factories.get().getSupportedCipherSuites();
  }
}
