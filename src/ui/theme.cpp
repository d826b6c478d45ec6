#include "ui/theme.h"

#include <QApplication>
#include <QFile>
#include <QPalette>
#include <QStyleFactory>

namespace icebreaker::theme {

using namespace Qt::StringLiterals;

namespace {

bool darkScheme = false; // NOLINT: the application's one palette, as QApplication::palette() is

/// One colour for either scheme, contrast at least 4.5:1 on its background.
QColor pick(QRgb light, QRgb dark)
{
    return QColor::fromRgb(darkScheme ? dark : light);
}

QPalette makePalette()
{
    QPalette palette;
    const QColor window = pick(0xfffafafc, 0xff1f2226);
    const QColor base = pick(0xffffffff, 0xff17191c);
    const QColor text = pick(0xff1c2127, 0xffe6e8ea);
    const QColor mutedText = muted();
    const QColor accent = pick(0xff0b6e4f, 0xff2f9e77);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, pick(0xfff4f5f7, 0xff23272b));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, pick(0xff757b85, 0xff8d949c));
    palette.setColor(QPalette::Button, pick(0xfff4f5f7, 0xff2b2f34));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::ToolTipBase, pick(0xff23272b, 0xff33383e));
    palette.setColor(QPalette::ToolTipText, QColor::fromRgb(0xffffffff));
    palette.setColor(QPalette::Highlight, pick(0xffcfe6dc, 0xff24573f));
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::Link, pick(0xff0b6e4f, 0xff5cc79c));
    palette.setColor(QPalette::BrightText, accent);
    // Without these, frames and check boxes all but vanish on dark.
    palette.setColor(QPalette::Light, pick(0xffffffff, 0xff454b52));
    palette.setColor(QPalette::Midlight, pick(0xffe9ebee, 0xff3a3f46));
    palette.setColor(QPalette::Mid, pick(0xffc9cdd3, 0xff4a5058));
    palette.setColor(QPalette::Dark, pick(0xffa3a9b2, 0xff5d646d));
    palette.setColor(QPalette::Shadow, pick(0xff7a818b, 0xff0c0d0f));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mutedText);
    return palette;
}

} // namespace

void apply(QApplication &app, Scheme scheme)
{
    // Read before our own palette replaces the platform's.
    static const bool systemIsDark = QApplication::palette().color(QPalette::Window).lightness()
        < QApplication::palette().color(QPalette::WindowText).lightness();
    darkScheme = scheme == Scheme::Dark || (scheme == Scheme::System && systemIsDark);
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(makePalette());

    QFile sheet(u":/icebreaker/style.qss"_s);
    if (!sheet.open(QIODevice::ReadOnly))
        qFatal("style.qss is not built in");
    QString rules = QString::fromUtf8(sheet.readAll());
    rules.replace("@accentText"_L1, u"#ffffff"_s);
    rules.replace("@accentHover"_L1, pick(0xff095c42, 0xff2a8a67).name());
    rules.replace("@accent"_L1, pick(0xff0b6e4f, 0xff217a5a).name());
    rules.replace("@border"_L1, pick(0xffc3c8cf, 0xff4a5058).name());
    rules.replace("@line"_L1, pick(0xffdfe2e6, 0xff363b41).name());
    rules.replace("@panel"_L1, pick(0xfff4f5f7, 0xff23272b).name());
    rules.replace("@base"_L1, pick(0xffffffff, 0xff17191c).name());
    rules.replace("@muted"_L1, muted().name());
    rules.replace("@errorFrame"_L1, forSeverity(Severity::Error).name());
    rules.replace("@sandboxBand"_L1, pick(0xffe2f3ea, 0xff173a2b).name());
    rules.replace("@sandboxText"_L1, bandText(ProfileKind::Sandbox).name());
    rules.replace("@liveBand"_L1, pick(0xfffde8bf, 0xff4d3808).name());
    rules.replace("@liveText"_L1, bandText(ProfileKind::Live).name());
    rules.replace("@liveHover"_L1, pick(0xff93340c, 0xff9c380d).name());
    rules.replace("@liveFill"_L1, pick(0xffb3400f, 0xffb3400f).name());
    rules.replace("@testBand"_L1, pick(0xffe3ecf9, 0xff1d3350).name());
    rules.replace("@testText"_L1, bandText(ProfileKind::Test).name());
    rules.replace("@testHover"_L1, pick(0xff164a8a, 0xff23588f).name());
    rules.replace("@testFill"_L1, pick(0xff1b5aa8, 0xff2a66b0).name());
    rules.replace("@alertBand"_L1, pick(0xfffbe3e1, 0xff4a1f1c).name());
    rules.replace("@alertText"_L1, pick(0xff8c1d18, 0xffffb9b3).name());
    app.setStyleSheet(rules);
}

bool isDark()
{
    return darkScheme;
}

ChipColours neutralChip()
{
    return {pick(0xffe8eaee, 0xff363b41), pick(0xff464e59, 0xffc4cad1)};
}

ChipColours chipFor(const SendRecord &record)
{
    if (!record.outcome)
        return {pick(0xffe3ecf9, 0xff1d3350), pick(0xff1b467f, 0xffb5d2f7)};
    switch (*record.outcome) {
    case Outcome::Accepted: return {pick(0xffdcf3e6, 0xff173a2b), pick(0xff0b5a40, 0xff9fe0c3)};
    case Outcome::RateLimited: return {pick(0xfffdecc4, 0xff4d3808), pick(0xff6b4700, 0xffffd98a)};
    case Outcome::Refused:
    case Outcome::NotSent: return {pick(0xfffbe3e1, 0xff4a1f1c), pick(0xff8c1d18, 0xffffb9b3)};
    case Outcome::Unknown:
    case Outcome::Cancelled: break;
    }
    return neutralChip();
}

ChipColours chipFor(DeliveryStatus status)
{
    switch (status) {
    case DeliveryStatus::Submitted:
    case DeliveryStatus::Delivered:
    case DeliveryStatus::Read: return {pick(0xffdcf3e6, 0xff173a2b), pick(0xff0b5a40, 0xff9fe0c3)};
    case DeliveryStatus::Rejected:
    case DeliveryStatus::Undeliverable:
    case DeliveryStatus::Failed:
        return {pick(0xfffbe3e1, 0xff4a1f1c), pick(0xff8c1d18, 0xffffb9b3)};
    case DeliveryStatus::None:
    case DeliveryStatus::Other: break;
    }
    return neutralChip();
}

ChipColours chipFor(RowState state)
{
    switch (state) {
    case RowState::Accepted: return {pick(0xffdcf3e6, 0xff173a2b), pick(0xff0b5a40, 0xff9fe0c3)};
    case RowState::Refused: return {pick(0xfffbe3e1, 0xff4a1f1c), pick(0xff8c1d18, 0xffffb9b3)};
    case RowState::InFlight: return {pick(0xffe3ecf9, 0xff1d3350), pick(0xff1b467f, 0xffb5d2f7)};
    case RowState::Waiting:
    case RowState::Unknown:
    case RowState::Excluded: break;
    }
    return neutralChip();
}

QColor barFor(RowState state)
{
    switch (state) {
    case RowState::Accepted: return pick(0xff2f9e77, 0xff3fae86);
    case RowState::Refused: return pick(0xffc7372f, 0xffe06a62);
    case RowState::Unknown: return pick(0xff7f8792, 0xff9aa2ac);
    case RowState::InFlight: return pick(0xff4a7fc4, 0xff6c9edb);
    case RowState::Waiting:
    case RowState::Excluded: break;
    }
    return Qt::transparent;
}

QColor limitLine()
{
    return pick(0xffb87300, 0xffe0a63c);
}

QColor bandText(ProfileKind kind)
{
    switch (kind) {
    case ProfileKind::Sandbox: return pick(0xff0b5a40, 0xff9fe0c3);
    case ProfileKind::Test: return pick(0xff1b467f, 0xffb5d2f7);
    case ProfileKind::Live: break;
    }
    return pick(0xff6b4700, 0xffffd98a);
}

QColor good()
{
    return pick(0xff0b6e4f, 0xff5cc79c);
}

QColor forSeverity(Severity severity)
{
    return severity == Severity::Error ? pick(0xffb3261e, 0xffff8f86)
                                       : pick(0xff8a5a00, 0xffffc95c);
}

QColor muted()
{
    return pick(0xff5c6470, 0xff9aa2ac);
}

} // namespace icebreaker::theme
