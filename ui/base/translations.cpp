#include "ui/base/translations.h"

#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <memory>

namespace circuitloom::ui {

namespace {

const QString folder = QStringLiteral(":/circuitloom/translations");

void install(std::unique_ptr<QTranslator> translator)
{
    translator->setParent(QCoreApplication::instance());
    QCoreApplication::installTranslator(translator.release());
}

/// Without points or spaces inside of counts: figures are written with a decimal point in every
/// language, as in files, and "12.345" would read as one.
void set_locale(QLocale locale)
{
    if (locale.decimalPoint() != QStringLiteral("."))
        locale.setNumberOptions(locale.numberOptions() | QLocale::OmitGroupSeparator);
    QLocale::setDefault(locale);
}

} // namespace

QString install_translations(const QString& language)
{
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    set_locale(locale);

    auto own = std::make_unique<QTranslator>();
    if (!own->load(locale, QStringLiteral("circuitloom"), QStringLiteral("_"), folder))
        // Plural forms are in a catalogue in English too.
        (void)own->load(QStringLiteral("circuitloom_en"), folder);
    const QString shown = own->language().isEmpty() ? QStringLiteral("en") : own->language();
    auto qt = std::make_unique<QTranslator>();
    if (qt->load(QStringLiteral("qtbase_") + shown,
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        install(std::move(qt));
    install(std::move(own));
    // Never the other way round: the user may have asked for it (-reverse).
    if (qobject_cast<QGuiApplication*>(QCoreApplication::instance())
        && QLocale(shown).textDirection() == Qt::RightToLeft)
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    return shown;
}

} // namespace circuitloom::ui
