package judge;

import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.x509.CertificateSource;
import eu.europa.esig.dss.spi.x509.CommonCertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.ExternalResourcesOCSPSource;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a request hands over beside the file: anchors, further certificates, revocation lists, OCSP responses. */
record Material(
        CommonTrustedCertificateSource anchors,
        CertificateSource certificates,
        ExternalResourcesCRLSource crls,
        ExternalResourcesOCSPSource ocsps) {

    static Material of(Request request) throws IOException, GeneralSecurityException {
        CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();
        for (X509Certificate anchor : request.certificates("anchors")) {
            anchors.addCertificate(new CertificateToken(anchor));
        }
        CommonCertificateSource certificates = new CommonCertificateSource();
        for (X509Certificate certificate : request.certificates("certificates")) {
            certificates.addCertificate(new CertificateToken(certificate));
        }
        return new Material(
                anchors,
                certificates,
                new ExternalResourcesCRLSource(documents(request.crls("crls"))),
                new ExternalResourcesOCSPSource(documents(request.files("ocsps"))));
    }

    private static DSSDocument[] documents(List<byte[]> contents) {
        return contents.stream().map(InMemoryDocument::new).toArray(DSSDocument[]::new);
    }
}
