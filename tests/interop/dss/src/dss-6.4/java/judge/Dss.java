package judge;

import eu.europa.esig.dss.enumerations.EncryptionAlgorithm;
import eu.europa.esig.dss.jades.JAdESSignatureParameters;
import eu.europa.esig.dss.jades.JAdESSigningTimeType;
import eu.europa.esig.dss.jades.signature.JAdESService;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.policy.ValidationPolicy;
import eu.europa.esig.dss.spi.policy.SignaturePolicyProvider;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.policy.ValidationPolicyLoader;
import eu.europa.esig.dss.validation.reports.Reports;
import java.util.Date;

/** What differs between the releases of DSS: this is 6.4. */
final class Dss {

    static final String VERSION = "6.4";
    private static final ValidationPolicy POLICY = ValidationPolicyLoader.fromDefaultValidationPolicy().create();

    private Dss() {}

    /** The reports on one document, at that moment or now. */
    static Reports judge(DSSDocument document, Material material, Date at) {
        CommonCertificateVerifier verifier = offline();
        verifier.setTrustedCertSources(material.anchors());
        verifier.setAdjunctCertSources(material.certificates());
        verifier.setCrlSource(material.crls());
        verifier.setOcspSource(material.ocsps());
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(document);
        validator.setCertificateVerifier(verifier);
        validator.setSigningCertificateSource(material.certificates());
        validator.setSignaturePolicyProvider(new SignaturePolicyProvider()); // without a loader, so it fetches nothing
        validator.setEnableEtsiValidationReport(false);
        if (at != null) {
            validator.setValidationTime(at);
        }
        return validator.validateDocument(POLICY);
    }

    static JAdESService service(boolean edc) {
        return edc ? new FullCritService(offline()) : new JAdESService(offline());
    }

    /** Signing time as `sigT` (edc) or `iat`, and RSASSA-PSS instead of PKCS#1 v1.5 if the key is RSA. */
    static void choose(JAdESSignatureParameters parameters, boolean edc, boolean pss) {
        parameters.setJadesSigningTimeType(edc ? JAdESSigningTimeType.SIG_T : JAdESSigningTimeType.IAT);
        if (parameters.getEncryptionAlgorithm().isEquivalent(EncryptionAlgorithm.RSA)) {
            parameters.setEncryptionAlgorithm(pss ? EncryptionAlgorithm.RSASSA_PSS : EncryptionAlgorithm.RSA);
        }
    }

    private static CommonCertificateVerifier offline() {
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setAIASource(null); // the default one fetches what certificates name
        return verifier;
    }
}
