package dev.bindery.server;

import java.io.IOException;
import java.util.List;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;

/** A client that offers HTTP/2 and HTTP/1.1, and takes what the server chooses. */
final class Http2Client implements AutoCloseable {
    private final OkHttpClient http;

    Http2Client(HandshakeCertificates certificates, Protocol... offered) {
        OkHttpClient.Builder builder =
                new OkHttpClient.Builder()
                        .sslSocketFactory(
                                certificates.sslSocketFactory(), certificates.trustManager());
        if (offered.length > 0) {
            builder.protocols(List.of(offered));
        }
        http = builder.build();
    }

    Response get(String url) throws IOException {
        return http.newCall(new Request.Builder().url(url).build()).execute();
    }

    /** Asks, and does not wait for the answer. */
    Call call(Request request) {
        Call call = http.newCall(request);
        call.enqueue(
                new Callback() {
                    @Override
                    public void onFailure(Call failed, IOException e) {}

                    @Override
                    public void onResponse(Call answered, Response response) {
                        response.close();
                    }
                });
        return call;
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
