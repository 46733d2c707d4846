package dev.bindery.host.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/**
 * What Maven's settings.xml says of where artifacts come from: mirrors, proxies, credentials, and
 * repositories of active profiles. Encrypted passwords are not decrypted.
 */
final class MavenUser {
    private static final String SUPER_POM = "/org/apache/maven/model/pom-4.0.0.xml";

    private final Settings settings;

    private MavenUser(Settings settings) {
        this.settings = settings;
    }

    static MavenUser of(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return new MavenUser(new Settings());
        }
        try {
            DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
            request.setUserSettingsFile(file.get().toFile());
            request.setSystemProperties(System.getProperties());
            return new MavenUser(
                    new DefaultSettingsBuilderFactory()
                            .newInstance()
                            .build(request)
                            .getEffectiveSettings());
        } catch (SettingsBuildingException e) {
            throw new IOException("%s cannot be read: %s".formatted(file.get(), e.getMessage()), e);
        }
    }

    RepositorySystemSession session(RepositorySystem maven, Path repository, Work work) {
        DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
        session.setLocalRepositoryManager(
                maven.newLocalRepositoryManager(session, new LocalRepository(repository.toFile())));
        session.setTransferListener(new MavenProgress(work));
        session.setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        session.setConfigProperty("aether.checksums.algorithms", "SHA-512,SHA-256,SHA-1,MD5");
        session.setOffline(settings.isOffline());
        session.setMirrorSelector(mirrors());
        session.setProxySelector(proxies());
        session.setAuthenticationSelector(credentials());
        return session;
    }

    /** Those of the active profiles and Maven Central, with mirrors and credentials applied. */
    List<RemoteRepository> repositories(RepositorySystem maven, RepositorySystemSession session)
            throws IOException {
        List<RemoteRepository> all = new ArrayList<>();
        for (Profile profile : settings.getProfiles()) {
            if (settings.getActiveProfiles().contains(profile.getId())) {
                profile.getRepositories().forEach(r -> all.add(remote(r.getId(), r.getUrl())));
            }
        }
        all.addAll(standard());
        return maven.newResolutionRepositories(session, all);
    }

    /** What every Maven build starts with. */
    private static List<RemoteRepository> standard() throws IOException {
        try (InputStream pom = DefaultModelBuilderFactory.class.getResourceAsStream(SUPER_POM)) {
            List<RemoteRepository> all = new ArrayList<>();
            for (Repository repository : new MavenXpp3Reader().read(pom).getRepositories()) {
                all.add(remote(repository.getId(), repository.getUrl()));
            }
            return all;
        } catch (XmlPullParserException e) {
            throw new IOException("Maven's super POM cannot be read", e);
        }
    }

    private static RemoteRepository remote(String id, String address) {
        return new RemoteRepository.Builder(id, "default", address).build();
    }

    private DefaultMirrorSelector mirrors() {
        DefaultMirrorSelector selector = new DefaultMirrorSelector();
        for (Mirror mirror : settings.getMirrors()) {
            selector.add(
                    mirror.getId(),
                    mirror.getUrl(),
                    mirror.getLayout(),
                    false,
                    mirror.isBlocked(),
                    mirror.getMirrorOf(),
                    mirror.getMirrorOfLayouts());
        }
        return selector;
    }

    private DefaultProxySelector proxies() {
        DefaultProxySelector selector = new DefaultProxySelector();
        for (Proxy proxy : settings.getProxies()) {
            if (proxy.isActive()) {
                selector.add(
                        new org.eclipse.aether.repository.Proxy(
                                proxy.getProtocol(),
                                proxy.getHost(),
                                proxy.getPort(),
                                new AuthenticationBuilder()
                                        .addUsername(proxy.getUsername())
                                        .addPassword(proxy.getPassword())
                                        .build()),
                        proxy.getNonProxyHosts());
            }
        }
        return selector;
    }

    private DefaultAuthenticationSelector credentials() {
        DefaultAuthenticationSelector selector = new DefaultAuthenticationSelector();
        for (Server server : settings.getServers()) {
            selector.add(
                    server.getId(),
                    new AuthenticationBuilder()
                            .addUsername(server.getUsername())
                            .addPassword(server.getPassword())
                            .build());
        }
        return selector;
    }
}
