# SPDX-License-Identifier: EUPL-1.2
# What is installed, and the Debian package: ./dev package.
install(TARGETS releve RUNTIME DESTINATION bin)
install(FILES packaging/releve.service DESTINATION lib/systemd/system)
install(FILES packaging/releve.sysusers DESTINATION lib/sysusers.d RENAME releve.conf)
install(FILES packaging/releve.default DESTINATION /etc/default RENAME releve)
install(DIRECTORY docs/guide DESTINATION share/doc/releve)
install(FILES packaging/nginx.conf packaging/Caddyfile DESTINATION share/doc/releve/examples)
install(FILES LICENSE DESTINATION share/doc/releve RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME releve)
set(CPACK_PACKAGE_VENDOR "Relève")
set(CPACK_PACKAGE_CONTACT "Relève <securite@releve.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "prepares hospitals for a cyberattack and runs them through one")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "systemd, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "weasyprint")  # paper: docs/adr/0018
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "nginx | caddy, postgresql")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/packaging/postinst ${CMAKE_SOURCE_DIR}/packaging/prerm
  ${CMAKE_SOURCE_DIR}/packaging/postrm ${CMAKE_SOURCE_DIR}/packaging/conffiles)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
