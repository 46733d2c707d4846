package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * The role of a machine of EC2, as its metadata service lends it; by the second version alone,
 * whose every question shows a token.
 *
 * @param variables the host's environment, which may name another address, as for AWS's tools
 */
record MachineRole(Map<String, String> variables, Metadata metadata)
        implements Supplier<Renewed.Lent> {
    private static final String ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    private static final String MODE = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
    private static final String DISABLED = "AWS_EC2_METADATA_DISABLED";
    private static final String ROLES = "latest/meta-data/iam/security-credentials/";

    @Override
    public Renewed.Lent get() {
        if (variable(DISABLED).equals("true")) {
            throw none(DISABLED + " is true");
        }
        HttpUrl base = base();
        String token =
                metadata.put(
                        base.newBuilder().addPathSegments("latest/api/token").build(),
                        Map.of("X-aws-ec2-metadata-token-ttl-seconds", "300"));
        Map<String, String> shown = Map.of("X-aws-ec2-metadata-token", token.strip());
        HttpUrl roles = base.newBuilder().addPathSegments(ROLES).build();
        String role = metadata.get(roles, shown).lines().findFirst().orElse("").strip();
        if (role.isEmpty()) {
            throw none("the machine has no role");
        }
        HttpUrl lending = roles.newBuilder().addPathSegment(role).build();
        return Renewed.Lent.of(metadata.get(lending, shown), base.host());
    }

    private HttpUrl base() {
        boolean six = variable(MODE).equals("ipv6");
        String usual = six ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
        String named = variables.getOrDefault(ENDPOINT, "").strip();
        HttpUrl address = HttpUrl.parse(named.isEmpty() ? usual : named);
        if (address == null) {
            throw none(ENDPOINT + " is no address");
        }
        return address;
    }

    private String variable(String name) {
        return variables.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
    }

    private static BindingException none(String why) {
        return new BindingException(ErrorCode.NOT_CONFIGURED, "Bedrock has no credentials: " + why);
    }

    /** No secrets. */
    @Override
    public String toString() {
        return "MachineRole";
    }
}
