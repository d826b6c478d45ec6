<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>icebreaker::CardChooser</name>
    <message numerus="yes">
        <source>%n parameter(s) of the request had no place in this template and were left out.</source>
        <translation>
            <numerusform>%n parameter of the request had no place in this template and was left out.</numerusform>
            <numerusform>%n parameters of the request had no place in this template and were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n template card(s) were read. Choose one above.</source>
        <translation>
            <numerusform>%n template card was read. Choose it above.</numerusform>
            <numerusform>%n template cards were read. Choose one above.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::CardDialog</name>
    <message numerus="yes">
        <source>%n value(s) to fill in; %1 of %2 characters in the body.</source>
        <translation>
            <numerusform>%n value to fill in; %1 of %2 characters in the body.</numerusform>
            <numerusform>%n values to fill in; %1 of %2 characters in the body.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::FetchDialog</name>
    <message numerus="yes">
        <source>%n template(s) so far…</source>
        <translation>
            <numerusform>%n template so far…</numerusform>
            <numerusform>%n templates so far…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Record</name>
    <message numerus="yes">
        <source>(binary data, %n byte(s))</source>
        <translation>
            <numerusform>(binary data, %n byte)</numerusform>
            <numerusform>(binary data, %n bytes)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… %n more byte(s) are in the journal.</source>
        <translation>
            <numerusform>… %n more byte is in the journal.</numerusform>
            <numerusform>… %n more bytes are in the journal.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::DetailPane</name>
    <message numerus="yes">
        <source>Send again in %n s</source>
        <translation>
            <numerusform>Send again in %n s</numerusform>
            <numerusform>Send again in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::MainWindow</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::ProfileDialog</name>
    <message numerus="yes">
        <source>%n session(s) per second</source>
        <translation>
            <numerusform>%n session per second</numerusform>
            <numerusform>%n sessions per second</numerusform>
        </translation>
    </message>
</context>
</TS>
