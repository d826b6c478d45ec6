<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
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
