// One limiter of a Java library or server, as Debian packages them.
//
//     java Limiters guava RATE_PER_SECOND
//     java Limiters jetty LIMIT_PER_SECOND
//     java Limiters tomcat|tomcat-exact LIMIT SECONDS

import com.google.common.util.concurrent.RateLimiter;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.concurrent.Executors;
import javax.servlet.DispatcherType;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.servlets.DoSFilter;

public class Limiters {
    static void ready(int port) {
        System.out.println("ready " + port);
    }

    static void guava(double rate) throws Exception {
        RateLimiter limiter = RateLimiter.create(rate);
        // It begins empty: this is a server that has run for a while.
        Thread.sleep(1100);
        // Answers wait for acknowledgements of their heads otherwise.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "75");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        server.createContext("/", exchange -> {
            boolean admitted = limiter.tryAcquire();
            byte[] body = (admitted ? "hello" : "slow down").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(admitted ? 200 : 429, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        ready(server.getAddress().getPort());
    }

    static class JettyHello extends javax.servlet.http.HttpServlet {
        @Override
        protected void doGet(javax.servlet.http.HttpServletRequest request, javax.servlet.http.HttpServletResponse response)
                throws IOException {
            response.getOutputStream().print("hello");
        }
    }

    static void jetty(int limit) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(75_000);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        FilterHolder filter = new FilterHolder(DoSFilter.class);
        filter.setInitParameter("maxRequestsPerSec", Integer.toString(limit));
        // Refuses instead of delaying.
        filter.setInitParameter("delayMs", "-1");
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new JettyHello()), "/");
        server.setHandler(context);
        server.start();
        ready(connector.getLocalPort());
    }

    static class TomcatHello extends jakarta.servlet.http.HttpServlet {
        @Override
        protected void doGet(jakarta.servlet.http.HttpServletRequest request, jakarta.servlet.http.HttpServletResponse response)
                throws IOException {
            response.getOutputStream().print("hello");
        }
    }

    static void tomcat(String kind, String limit, String seconds) throws Exception {
        Tomcat tomcat = new Tomcat();
        Path folder = Files.createTempDirectory("apictl-tomcat-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (var all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
            } catch (IOException error) {
                // It stays.
            }
        }));
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("keepAliveTimeout", "75000");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        tomcat.getConnector().setProperty("maxThreads", "16");
        Context context = tomcat.addContext("", null);
        Wrapper hello = Tomcat.addServlet(context, "hello", new TomcatHello());
        hello.addMapping("/");
        FilterDef filter = new FilterDef();
        filter.setFilterName("limit");
        filter.setFilterClass("org.apache.catalina.filters.RateLimitFilter");
        filter.addInitParameter("bucketRequests", limit);
        filter.addInitParameter("bucketDuration", seconds);
        if (kind.equals("tomcat-exact")) {
            filter.addInitParameter("rateLimitClassName", "org.apache.catalina.util.ExactRateLimiter");
        }
        context.addFilterDef(filter);
        FilterMap map = new FilterMap();
        map.setFilterName("limit");
        map.addURLPattern("/*");
        context.addFilterMap(map);
        tomcat.start();
        ready(tomcat.getConnector().getLocalPort());
    }

    public static void main(String[] words) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        System.setProperty("org.eclipse.jetty.util.log.class", "org.eclipse.jetty.util.log.JavaUtilLog");
        switch (words[0]) {
            case "guava" -> guava(Double.parseDouble(words[1]));
            case "jetty" -> jetty(Integer.parseInt(words[1]));
            default -> tomcat(words[0], words[1], words[2]);
        }
        while (System.in.read() >= 0) {}
        System.exit(0);
    }
}
